#pragma once
#include "core/expression/node.h"
#include "db/sql.h"

namespace expression {

/// Writes one expression as SQL that both engines read alike. A subtree without a column is evaluated here and now.
class Compiler {
  public:
    /// How a value is wanted: as it is kept, a text as its key, folded or alike form, a date as its number of days.
    enum class Shape { plain, key, folded, alike, days };
    /// Whether a null condition may stand where false is meant, or must be made false.
    enum class Nulls { are_false, matter };

    Compiler(const Values& context, db::Query& into) : context_(context), into_(into) {}
    Result<void> condition(const Expression&, Nulls);
    Result<void> value(const Expression&, Shape = Shape::plain);
    /// What an exists(…) finds.
    Result<void> found(const Expression& exists, int limit);

  private:
    const Value* find(const Expression& name) const;
    bool is_known(const Expression&) const;
    bool is_never_null(const Expression&) const;
    /// A date that stands as ISO text, not as a number of days that was counted.
    bool is_written(const Expression&) const;
    static bool is_calendar_part(const Expression&);
    Shape shape_of(const Expression& comparison) const;

    void integer(std::int64_t number);
    void column(std::string_view place, bool inner);
    Result<void> known(const Expression&, Shape);
    Result<void> name(const Expression&, Shape);
    Result<void> list(db::Literal open, const Expression&, Shape);
    Result<void> choose(const Expression&, Shape);
    Result<void> between(const Expression&, db::Literal open, db::Literal sign, db::Literal close,
                         Shape = Shape::plain);
    Result<void> chain(const Expression&, db::Literal sign, Nulls);
    Result<void> equality(const Expression&, Nulls);
    Result<void> comparison(const Expression&);
    Result<void> in(const Expression&);
    Result<void> folded(const Expression&);

    Result<void> numbers(const Expression&);
    Result<void> multiply(const Expression&);
    Result<void> divide(const Expression&);
    Result<void> upscale(const Expression&);
    Result<void> round(const Expression&);
    Result<void> guarded(const Expression&, db::Literal sign);
    Result<void> extreme(const Expression&, Shape);

    Result<void> days_of_column(const Expression& name);
    Result<void> days(const Expression&);
    Result<void> calendar_part(const Expression&);

    Result<void> aggregate(const Expression&);
    Result<void> from(const Expression& aggregate);

    const Values& context_;
    db::Query& into_;
};

}  // namespace expression

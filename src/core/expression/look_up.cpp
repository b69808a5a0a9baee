#include "core/expression/look_up.h"

#include <algorithm>

#include "core/expression/node.h"

namespace expression {

namespace {

Values context_of(const Expression& aggregate, const Values& values) {
    Values context = values;
    for (const std::string& name : names(aggregate)) context.try_emplace(name);
    context.try_emplace("id");
    context.try_emplace("agency");
    return context;
}

}  // namespace

Result<std::vector<RecordId>> found(db::Reader& reader, const Expression& condition, const Values& values, int limit) {
    std::vector<RecordId> records;
    if (condition.operation == Operation::both) {
        for (const Pointer& part : condition.parts)
            for (const RecordId each : TRY(found(reader, *part, values, limit)))
                if (std::ranges::find(records, each) == records.end()) records.push_back(each);
        return records;
    }
    if (condition.operation != Operation::exists) return records;
    db::Query query("expression.found");
    TRY(compile_found(condition, context_of(condition, values), limit, query));
    for (const db::Row& row : TRY(reader.rows(query))) records.push_back(row.id<struct RecordNoun>(0));
    return records;
}

Result<Value> look_up(db::Reader& reader, const Expression& aggregate, const Values& values) {
    const Values context = context_of(aggregate, values);
    db::Query query("expression.look_up");
    const bool boolean = aggregate.type == Type::boolean;
    query.add(boolean ? db::Literal("select case when ") : db::Literal("select "));
    TRY(compile(aggregate, context, query));
    if (boolean) query.add(" then 1 else 0 end");
    const std::optional<db::Row> row = TRY(reader.row(query));
    if (!row) return fail_internal("expression: no answer");
    if (boolean) return Value(row->boolean(0));
    if (row->is_null(0)) return Value();
    return Value(Decimal{row->integer(0), aggregate.scale});
}

Result<Value> evaluate(const Expression& expression, const Values& values, db::Reader& reader) {
    return evaluate(expression, values,
                    [&](const Expression& aggregate) { return look_up(reader, aggregate, values); });
}

}  // namespace expression

#include "core/expression/compiler.h"

namespace expression {

Result<void> Compiler::from(const Expression& node) {
    into_.add(" from ").identifier(node.table).add(" as in_r");
    if (node.joins_record) into_.add(" join record as in_record on in_record.id = in_r.record_id");
    into_.add(" where (1 = 1)");
    if (node.asking_agency) {
        into_.add(" and in_r.agency_id = ");
        TRY(value(*node.asking_agency));
    }
    const bool new_record = node.asking_id && is_known(*node.asking_id) && !is_never_null(*node.asking_id);
    if (node.asking_id && !new_record) {
        into_.add(" and in_r.record_id <> ");
        TRY(value(*node.asking_id));
    }
    const bool sum = node.operation == Operation::sum;
    if (node.parts.size() > (sum ? 1U : 0U)) {
        into_.add(" and ");
        TRY(condition(*node.parts.back(), Nulls::are_false));
    }
    return {};
}

Result<void> Compiler::aggregate(const Expression& node) {
    if (node.operation == Operation::exists) {
        into_.add("exists (select 1");
        TRY(from(node));
        into_.add(")");
        return {};
    }
    if (node.operation == Operation::count) {
        into_.add("(select count(*)");
        TRY(from(node));
        into_.add(")");
        return {};
    }
    into_.add("(select case when v.n between ");
    integer(-largest);
    into_.add(" and ");
    integer(largest);
    into_.add(" then v.n end from (select coalesce(cast(sum(");
    TRY(value(*node.parts[0]));
    into_.add(") as bigint), 0) as n");
    TRY(from(node));
    into_.add(") v)");
    return {};
}

Result<void> Compiler::found(const Expression& exists, int limit) {
    into_.add("select in_r.record_id");
    TRY(from(exists));
    into_.add(" limit ").value(limit);
    return {};
}

Result<void> compile_found(const Expression& exists, const Values& context, int limit, db::Query& into) {
    db::Query made("expression");
    Compiler compiler(context, made);
    TRY(compiler.found(exists, limit));
    into.append(made);
    return {};
}

}  // namespace expression

#include "db/sqlite/tokenizer.h"

#include <exception>
#include <sqlite3.h>
#include <string_view>

#include "base/text.h"

namespace db::sqlite {
namespace {

using Emit = int (*)(void* context, int flags, const char* token, int size, int begin, int end);

int create(void*, const char**, int, Fts5Tokenizer** made) {
    static int nothing = 0;
    *made = reinterpret_cast<Fts5Tokenizer*>(&nothing);  // no state, but null would mean failure
    return SQLITE_OK;
}

void destroy(Fts5Tokenizer*) {}

int tokenize(Fts5Tokenizer*, void* context, int flags, const char* text, int size, Emit emit) {
    if (!text || size <= 0) return SQLITE_OK;
    try {
        const bool asked = (flags & FTS5_TOKENIZE_QUERY) != 0;
        for (const Word& word : words(std::string_view(text, static_cast<std::size_t>(size)))) {
            const auto give = [&](int how, std::string_view token) {
                return emit(context, how, token.data(), static_cast<int>(token.size()), static_cast<int>(word.begin),
                            static_cast<int>(word.end));
            };
            int code = give(0, word.exact);
            if (code == SQLITE_OK && !asked && word.folded != word.exact)
                code = give(FTS5_TOKEN_COLOCATED, word.folded);
            if (code != SQLITE_OK) return code;
        }
    } catch (const std::exception&) {
        return SQLITE_NOMEM;
    }
    return SQLITE_OK;
}

fts5_api* api_of(sqlite3* handle) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, "select fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

}  // namespace

bool add_tokenizer(sqlite3* handle) {
    fts5_api* api = api_of(handle);
    if (!api) return false;
    fts5_tokenizer tokenizer{create, destroy, tokenize};
    return api->xCreateTokenizer(api, "congvu", nullptr, &tokenizer, nullptr) == SQLITE_OK;
}

}  // namespace db::sqlite

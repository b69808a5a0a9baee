#include "service/language.h"

namespace service {

Language language_of(Host& host, const http::Request& request) {
    const auto known = host.who(request);
    return known ? (*known)->scope.language : request.language();
}

}  // namespace service

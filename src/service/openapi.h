#pragma once
#include <map>
#include <string>

#include <boost/json/object.hpp>

#include "http/router.h"

namespace service {

/// OpenAPI 3.1 from the table of routes: paths, bodies, answers, errors and the permission each line asks
/// (x-permission).
boost::json::object openapi(const http::Router&, const std::map<std::string, boost::json::object>& schemas);

}  // namespace service

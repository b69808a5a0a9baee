#include "http/request.h"

#include <gtest/gtest.h>
TEST(Request, MethodWords) { EXPECT_EQ(http::method_of("GET"), http::Method::get); }

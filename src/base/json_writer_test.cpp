#include "base/json_writer.h"

#include <random>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace {

TEST(JsonWriter, WritesWhatAParserReadsBack) {
    JsonWriter json;
    json.open_object().key("id").number(-7).key("items").open_array();
    json.open_object().key("name").text("Vụ Pháp chế").key("late").boolean(true).close_object();
    json.open_object().close_object().text("hai").number(INT64_MAX);
    json.close_array().key("none").open_array().close_array().key("last").boolean(false).close_object();
    EXPECT_EQ(json.written(),
              "{\"id\":-7,\"items\":[{\"name\":\"Vụ Pháp chế\",\"late\":true},{},\"hai\",9223372036854775807],"
              "\"none\":[],\"last\":false}");
}

TEST(JsonWriter, EscapesEveryByteAsAParserExpects) {
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = 0; i < 12; ++i) text += static_cast<char>(random() % 128);
        JsonWriter json;
        json.text(text);
        EXPECT_EQ(boost::json::parse(json.written()).as_string(), text) << json.written();
    }
}

}  // namespace

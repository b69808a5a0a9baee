#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

/// What BOOST_DESCRIBE_STRUCT and BOOST_DESCRIBE_ENUM tell about a type, for JSON, SQL rows and schemas alike.

template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;

template <class E>
concept DescribedEnum = boost::describe::has_describe_enumerators<E>::value && std::is_enum_v<E>;

/// Public members, inherited ones too.
template <DescribedStruct T>
using DescribedMembers =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// The name outside C++: an underscore at the end, as in `default_`, only kept it from being a keyword.
constexpr std::string_view described_name(std::string_view name) {
    return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

/// Calls visit(name, pointer to member) for each member in the order of the description.
template <DescribedStruct T, class Visit>
void for_each_member(Visit&& visit) {
    boost::mp11::mp_for_each<DescribedMembers<T>>(
        [&](auto member) { visit(described_name(member.name), member.pointer); });
}

/// Lower-case names and values in the order of the description.
template <DescribedEnum E>
const std::vector<std::pair<std::string, E>>& enum_names() {
    static const auto names = [] {
        std::vector<std::pair<std::string, E>> all;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
            std::string name(described_name(enumerator.name));
            for (char& c : name)
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
            all.emplace_back(std::move(name), enumerator.value);
        });
        return all;
    }();
    return names;
}

/// "in_progress" for Status::in_progress; empty for a value the enum does not name.
template <DescribedEnum E>
std::string_view enum_name(E value) {
    const auto found = std::ranges::find(enum_names<E>(), value, &std::pair<std::string, E>::second);
    return found == enum_names<E>().end() ? std::string_view{} : found->first;
}

/// The value of that name, nothing for an unknown one.
template <DescribedEnum E>
std::optional<E> enum_value(std::string_view name) {
    const auto found = std::ranges::find(enum_names<E>(), name, &std::pair<std::string, E>::first);
    if (found == enum_names<E>().end()) return {};
    return found->second;
}

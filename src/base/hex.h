#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Two lower-case digits a byte.
std::string to_hex(std::string_view bytes);
std::string to_hex(std::span<const std::byte> bytes);

/// The bytes that to_hex wrote, capital digits too; nothing when it is not hexadecimal.
std::optional<std::string> from_hex(std::string_view text);

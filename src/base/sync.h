#pragma once
#include <filesystem>

/// What stands in the file or folder is on the disk when this returns. False: it is not, and errno says why.
bool sync_to_disk(const std::filesystem::path&);

#pragma once
#include <string>
#include <vector>

#include "paper/request.h"

/// The walls a helper puts around itself before it opens a stranger's file. There is no way back.
namespace paper::sandbox {

/// No new privileges, no core file, few open files, no network, no other program, no writing but to files handed in,
/// reading only of shared system files and `readable`. A wall the kernel lacks is left out and told.
Walls enter(const std::vector<std::string>& readable);

/// Bounds of CPU, address space and written bytes for the next request; a late alarm ends a helper whose parent is
/// gone. `file_bytes` is the size of the file to be mapped.
void bound(const Limits&, std::int64_t file_bytes);
/// Takes the alarm and the bound of memory away again, so that the next file can be mapped.
void rest();

}  // namespace paper::sandbox

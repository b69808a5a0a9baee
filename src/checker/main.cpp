#include <iostream>
#include <string>
#include <vector>

#include "checker/checker.h"

int main(int count, char** arguments) {
    const std::vector<std::string> list(arguments + 1, arguments + count);
    return checker::run(list, std::cin, std::cout, std::cerr);
}

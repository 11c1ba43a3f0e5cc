// What peers and latency are asked to do, and the files they write: all is known to be good before
// anything is measured.
#pragma once

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace benches {

struct Options {
    bool quick = false;
    std::string path; // empty: none was given
};

// [--quick] and one path. Prints the usage and ends the program when that is not what there is.
inline Options options(int count, char** arguments, const char* program, const char* usage) {
    Options found;
    for (int i = 1; i < count; ++i) {
        const std::string word = arguments[i];
        if (word == "--help" || word == "-h") {
            std::fputs(usage, stdout);
            std::exit(0);
        }
        if (word == "--quick") {
            found.quick = true;
        } else if (word.empty() || word[0] == '-' || !found.path.empty()) {
            const bool option = !word.empty() && word[0] == '-';
            std::fprintf(stderr, "%s: \"%s\" is %s\n%s", program, word.c_str(),
                         option         ? "not an option"
                         : word.empty() ? "no path"
                                        : "one argument too many",
                         usage);
            std::exit(2);
        } else {
            found.path = word;
        }
    }
    return found;
}

// A file to write rows into.
class Output {
public:
    Output(const char* program, const std::string& path)
        : program_(program), path_(path), file_(std::fopen(path.c_str(), "w")) {
        if (file_ == nullptr) fail("give a place in a folder that is there and may be written to");
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    std::FILE* file() const { return file_; }

    // Once everything is written.
    void close() {
        const bool whole = std::ferror(file_) == 0;
        if (std::fclose(file_) != 0 || !whole) fail("not all of it could be written");
    }

private:
    [[noreturn]] void fail(const char* advice) const {
        std::fprintf(stderr, "%s: %s: %s; %s\n", program_, path_.c_str(), std::strerror(errno),
                     advice);
        std::exit(1);
    }

    const char* program_;
    std::string path_;
    std::FILE* file_;
};

} // namespace benches

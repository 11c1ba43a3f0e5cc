#include "json.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace gateway {

namespace {

constexpr int kDepth = 32; // of objects and arrays within each other

/// Checks from left to right. A number may begin with zeros, and what follows a backslash in a
/// string is not looked at; all else is as JSON says.
class Reader {
public:
    explicit Reader(const std::string& text) : text_(text) {}

    bool whole(std::vector<Member>& members) {
        if (!items('{', '}', &members, 0)) {
            return false;
        }
        space();
        return at_ == text_.size();
    }

    std::size_t line() const {
        const std::string read = text_.substr(0, at_);
        return static_cast<std::size_t>(std::count(read.begin(), read.end(), '\n')) + 1;
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void space() {
        at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    }

    bool take(char c) {
        space();
        const bool there = peek() == c;
        at_ += there ? 1 : 0;
        return there;
    }

    /// An object or an array.
    bool items(char open, char close, std::vector<Member>* members, int depth) {
        if (depth > kDepth || !take(open)) {
            return false;
        }
        if (take(close)) {
            return true;
        }
        do {
            Member member{};
            space();
            if (open == '{' && !(string(member.key) && take(':'))) {
                return false;
            }
            space();
            if (!value(member, depth)) {
                return false;
            }
            if (members != nullptr) {
                members->push_back(member);
            }
        } while (take(','));
        return take(close);
    }

    bool value(Member& member, int depth) {
        const std::size_t begin = at_;
        member.text = peek() == '"';
        if (member.text) {
            return string(member.value);
        }
        const bool good = peek() == '{'   ? items('{', '}', nullptr, depth + 1)
                          : peek() == '[' ? items('[', ']', nullptr, depth + 1)
                                          : word() || number();
        member.value = text_.substr(begin, at_ - begin);
        return good;
    }

    bool word() {
        for (const char* const known : {"null", "true", "false"}) {
            const std::string one = known;
            if (text_.compare(at_, one.size(), one) == 0) {
                at_ += one.size();
                return true;
            }
        }
        return false;
    }

    bool digits() {
        const std::size_t begin = at_;
        while (std::isdigit(static_cast<unsigned char>(peek())) != 0) {
            ++at_;
        }
        return at_ > begin;
    }

    bool number() {
        at_ += peek() == '-' ? 1 : 0;
        if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            ++at_;
            if (!digits()) {
                return false;
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            at_ += peek() == '+' || peek() == '-' ? 1 : 0;
            return digits();
        }
        return true;
    }

    bool string(std::string& out) {
        if (peek() != '"') {
            return false;
        }
        const std::size_t begin = ++at_;
        while (at_ < text_.size() && text_[at_] != '"') {
            if (static_cast<unsigned char>(text_[at_]) < 0x20) {
                return false;
            }
            at_ += text_[at_] == '\\' ? 2 : 1;
        }
        if (at_ >= text_.size()) {
            return false;
        }
        out = text_.substr(begin, at_ - begin);
        ++at_;
        return true;
    }

    const std::string& text_;
    std::size_t at_ = 0;
};

} // namespace

bool read_json(const std::string& text, std::vector<Member>& members, std::string& error) {
    Reader reader(text);
    if (reader.whole(members)) {
        return true;
    }
    error = "is not a JSON object, or is cut short: see line " + std::to_string(reader.line());
    return false;
}

} // namespace gateway

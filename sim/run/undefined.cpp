// SPDX-License-Identifier: MIT
#include "sim/run/undefined.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sim/run/file.h"
#include "sim/run/image.h"
#include "sim/run/nearest.h"
#include "sim/run/program.h"

namespace run {
namespace {

// The hardware's names: a module may use them as the kernel does.
std::set<std::string> hardware_names() {
  std::set<std::string> names{"hw_current"};
  for (const char* header : {"cpu/hw.h", "irq/regs.h"})
    names.merge(called_names(read_file(home() / header)));
  return names;
}

// Text of every header that a module can include, by the name to include it by.
std::map<std::string, std::string> headers() {
  std::map<std::string, std::string> texts;
  for (const char* folder : {"kernel/include", "locks/include"}) {
    const std::filesystem::path root = home() / folder;
    std::error_code none;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root, none))
      if (entry.path().extension() == ".h")
        texts[entry.path().lexically_relative(root).string()] = read_file(entry.path());
  }
  return texts;
}

// A call stands inside a function, indented; a declaration begins its line.
bool declares(const std::string& text, const std::string& name) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line(text.data() + at, end - at);
    if (!line.empty() && line[0] != '\t' && line[0] != ' ' && mention(line, name).called)
      return true;
    at = end + 1;
  }
  return false;
}

std::string header_of(const std::string& name, const std::map<std::string, std::string>& texts) {
  for (const auto& [header, text] : texts)
    if (text.find(name) != text.npos && declares(text, name)) return header;
  return {};
}

bool contains(const std::vector<std::filesystem::path>& files, const std::string& header) {
  return std::any_of(files.begin(), files.end(), [&](const std::filesystem::path& file) {
    return file.string().ends_with("/" + header);
  });
}

std::vector<Undefined> in_order_of_mention(const std::vector<std::string>& names,
                                           const std::vector<SourceFile>& sources) {
  std::vector<std::tuple<size_t, size_t, Undefined>> found;
  for (const std::string& name : names) {
    size_t i = 0;
    while (i < sources.size() && !mention(sources[i].text, name).found) ++i;
    const bool told = i < sources.size();
    const Mention m = told ? mention(sources[i].text, name) : Mention{};
    found.emplace_back(i, m.at, Undefined{name, told ? &sources[i] : nullptr, m.called});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  std::vector<Undefined> result;
  for (auto& [file, at, undefined] : found) result.push_back(std::move(undefined));
  return result;
}

}  // namespace

std::vector<Undefined> undefined_names(const std::filesystem::path& module,
                                       const std::filesystem::path& kernel,
                                       const std::vector<SourceFile>& sources) {
  std::set<std::string> known = hardware_names();
  for (std::string& name : exports_of(kernel)) known.insert(std::move(name));
  std::vector<std::string> names = undefined_in(module);
  std::erase_if(names, [&](const std::string& name) { return known.contains(name); });
  return in_order_of_mention(names, sources);
}

std::vector<Undefined> undeclared_names(const std::filesystem::path& module,
                                        const std::vector<SourceFile>& sources,
                                        const std::string& messages) {
  std::vector<std::string> names = undefined_in(module);
  std::erase_if(names,
                [&](const std::string& name) { return messages.find(name) == messages.npos; });
  return in_order_of_mention(names, sources);
}

std::string sentence_about(const Undefined& missing, const std::filesystem::path& kernel,
                           const std::vector<SourceFile>& sources,
                           const std::vector<std::filesystem::path>& included) {
  const std::string_view parentheses = missing.called ? "()" : "";
  std::string sentence =
      fmt::format("{} {} {}{}, ", missing.source ? missing.source->path.string() : "the program",
                  missing.called ? "calls" : "uses", missing.name, parentheses);
  const auto texts = headers();
  const std::string header = header_of(missing.name, texts);
  if (!header.empty() && !contains(included, header))
    return sentence + fmt::format("which <{}> declares; include it", header);
  if (!header.empty()) return sentence + "which this kernel declares but does not have";

  std::set<std::string> names;
  for (std::string& name : exports_of(kernel)) names.insert(std::move(name));
  for (const auto& [file, text] : texts) names.merge(called_names(text));
  for (const SourceFile& source : sources) names.merge(called_names(source.text));
  names.erase(missing.name);
  const std::string near = nearest(missing.name, {names.begin(), names.end()});
  sentence += "which does not exist";
  return near.empty() ? sentence
                      : sentence + fmt::format("; the nearest is {}{}", near, parentheses);
}

}  // namespace run

// SPDX-License-Identifier: MIT
// C files of imagined users.
#pragma once

#include <string>

namespace modules {

// A module whose init does `body` and whose kthread, if it starts one, is work().
inline std::string with_init(const std::string& body, const std::string& before = "") {
  return "#include <linux/kthread.h>\n"
         "#include <linux/module.h>\n"
         "#include <linux/spinlock.h>\n" +
         before + "static int __init user_init(void)\n{\n" + body +
         "\treturn 0;\n}\n"
         "static void __exit user_exit(void) {}\n"
         "module_init(user_init);\nmodule_exit(user_exit);\n"
         "MODULE_LICENSE(\"GPL\");\n";
}

// A module with one kthread a CPU, each of which runs `body`.
inline std::string with_threads(unsigned cpus, const std::string& body,
                                const std::string& before = "") {
  return with_init("\tfor (unsigned int cpu = 0; cpu < " + std::to_string(cpus) +
                       "; cpu++)\n"
                       "\t\twake_up_process(kthread_create_on_cpu(work, NULL, cpu, \"w/%u\"));\n",
                   before + "static int work(void *unused)\n{\n" + body + "\treturn 0;\n}\n");
}

inline std::string clean() {
  return with_threads(2,
                      "\tfor (int i = 0; i < 50; i++) {\n"
                      "\t\tspin_lock(&lock);\n\t\tcount++;\n\t\tspin_unlock(&lock);\n\t}\n",
                      "static DEFINE_SPINLOCK(lock);\nstatic int count;\n");
}

}  // namespace modules

# SPDX-License-Identifier: MIT
# The guest build contract: one compiler and one set of flags, whatever preset
# builds the host, so that images (and with them trace hashes) are the same.

set(GUEST_FLAGS
  -ffreestanding -fno-stack-protector -U_FORTIFY_SOURCE -fPIC -fno-plt -g -gdwarf-4
  -fno-omit-frame-pointer -fno-common -fno-strict-aliasing -fno-asynchronous-unwind-tables
  -fcf-protection=none -fsanitize=thread -fsanitize-coverage=trace-pc)
# Frames of the host's leaf code leave host addresses below the guest's stack
# pointer. Guest variables begin as zero, so that none is ever read.
list(APPEND GUEST_FLAGS -ftrivial-auto-var-init=zero)
if(LOCKSTEP_GUEST_CC MATCHES "clang")
  list(APPEND GUEST_FLAGS -mllvm -tsan-distinguish-volatile=1
    -mllvm -tsan-instrument-read-before-write=1
    -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang)
else()
  list(APPEND GUEST_FLAGS --param tsan-distinguish-volatile=1)
endif()
set(GUEST_C_FLAGS -std=gnu11)
set(GUEST_CXX_FLAGS -std=gnu++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics -nostdinc++)
set(GUEST_RUNTIME_FLAGS -std=gnu11 -O2 -ffreestanding -fno-builtin -fno-stack-protector
  -U_FORTIFY_SOURCE -fPIC -fno-plt -fvisibility=hidden -fcf-protection=none
  -fno-tree-loop-distribute-patterns -fno-asynchronous-unwind-tables)
set(GUEST_LINK_FLAGS -shared -nostdlib -Wl,-z,norelro -Wl,-z,max-page-size=4096
  -Wl,-Bsymbolic -Wl,--build-id=none -Wl,--hash-style=gnu)
set(GUEST_INCLUDES ${CMAKE_SOURCE_DIR}/kernel/include ${CMAKE_SOURCE_DIR}/locks/include
  ${CMAKE_SOURCE_DIR})

# The runtime: the compiler's hooks, hidden in every image.
set(GUEST_RUNTIME ${CMAKE_BINARY_DIR}/guest/runtime.o)
add_custom_command(OUTPUT ${GUEST_RUNTIME}
  COMMAND ${LOCKSTEP_GUEST_CC} ${GUEST_RUNTIME_FLAGS} -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=
    -I${CMAKE_SOURCE_DIR} -c ${CMAKE_SOURCE_DIR}/cpu/runtime.c -o ${GUEST_RUNTIME}
  DEPENDS ${CMAKE_SOURCE_DIR}/cpu/runtime.c ${CMAKE_SOURCE_DIR}/cpu/hw.h
  COMMENT "Guest runtime" VERBATIM)

# A compiler cache may rewrite paths, and with them __FILE__ in the image: not here.
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(GUEST_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR= ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()

# Compiles the guest sources of `folders` (every .cpp and .c in them) into one
# image at `base`. GUEST_OBJECTS: what it was linked from.
function(guest_image output base)
  cmake_parse_arguments(G "" "" "FOLDERS;FLAGS" ${ARGN})
  set(include_flags)
  foreach(dir ${GUEST_INCLUDES})
    list(APPEND include_flags -I${dir})
  endforeach()
  set(objects)
  foreach(folder ${G_FOLDERS})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp
      ${CMAKE_SOURCE_DIR}/${folder}/*.c)
    foreach(source ${sources})
      file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${source})
      set(object ${CMAKE_BINARY_DIR}/guest/${name}.o)
      get_filename_component(object_dir ${object} DIRECTORY)
      file(MAKE_DIRECTORY ${object_dir})
      if(source MATCHES "\\.cpp$")
        set(compile ${LOCKSTEP_GUEST_CXX} ${GUEST_CXX_FLAGS})
      else()
        set(compile ${LOCKSTEP_GUEST_CC} ${GUEST_C_FLAGS})
      endif()
      add_custom_command(OUTPUT ${object}
        COMMAND ${GUEST_LAUNCHER} ${compile} -O2 ${GUEST_FLAGS} ${G_FLAGS} -Wall
          -Wno-unused-function
          -ffile-prefix-map=${CMAKE_SOURCE_DIR}/= ${include_flags} -MD -MF ${object}.d
          -c ${source} -o ${object}
        DEPENDS ${source} DEPFILE ${object}.d COMMENT "Guest ${name}" VERBATIM)
      list(APPEND objects ${object})
    endforeach()
  endforeach()
  add_custom_command(OUTPUT ${output}
    COMMAND ${LOCKSTEP_GUEST_CC} ${GUEST_LINK_FLAGS} -Wl,-Ttext-segment=${base}
      ${objects} ${GUEST_RUNTIME} -o ${output}
    DEPENDS ${objects} ${GUEST_RUNTIME} COMMENT "Guest image" VERBATIM)
  set(GUEST_OBJECTS ${objects} PARENT_SCOPE)
endfunction()

set(KERNEL_IMAGE ${CMAKE_BINARY_DIR}/guest/kernel.so)
guest_image(${KERNEL_IMAGE} 0x10000000 FOLDERS kernel/core kernel/lib kernel/mm kernel/time
  kernel/block kernel/net kernel/fs kernel/drivers kernel/proc locks/spin locks)
set(KERNEL_OBJECTS ${GUEST_OBJECTS})
add_custom_target(kernel_image ALL DEPENDS ${KERNEL_IMAGE})

# The same words for the code that compiles users' files at run time.
list(JOIN GUEST_FLAGS " " guest_flags_text)
list(JOIN GUEST_C_FLAGS " " guest_c_flags_text)
list(JOIN GUEST_LINK_FLAGS " " guest_link_flags_text)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/guest_build.h CONTENT [[
// SPDX-License-Identifier: MIT
#pragma once
#define GUEST_CC "@LOCKSTEP_GUEST_CC@"
#define GUEST_CFLAGS "@guest_c_flags_text@ @guest_flags_text@"
#define GUEST_LDFLAGS "@guest_link_flags_text@"
#define BUILD_HOME "@CMAKE_SOURCE_DIR@"
#define BUILD_OUTPUT "@CMAKE_BINARY_DIR@"
]] @ONLY)

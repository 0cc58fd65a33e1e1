# SPDX-License-Identifier: MIT
# A kernel image for each .fault file here: the kernel with that one fault. For
# the tests only, which must find each.
file(GLOB faults CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.fault)
set(FAULT_FOLDER ${CMAKE_BINARY_DIR}/guest/faults)
file(MAKE_DIRECTORY ${FAULT_FOLDER})
set(include_flags)
foreach(dir ${GUEST_INCLUDES})
  list(APPEND include_flags -I${dir})
endforeach()

set(faulty_images)
foreach(fault ${faults})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${fault})
  get_filename_component(name ${fault} NAME_WE)
  file(STRINGS ${fault} file_line REGEX "^file: ")
  string(REPLACE "file: " "" source "${file_line}")
  set(changed ${FAULT_FOLDER}/${name}.cpp)
  set(object ${FAULT_FOLDER}/${name}.o)
  set(image ${FAULT_FOLDER}/${name}.so)
  set(objects ${KERNEL_OBJECTS})
  list(REMOVE_ITEM objects ${CMAKE_BINARY_DIR}/guest/${source}.o)
  add_custom_command(OUTPUT ${image}
    COMMAND ${CMAKE_COMMAND} -DFAULT=${fault} -DHOME=${CMAKE_SOURCE_DIR} -DOUT=${changed}
      -P ${CMAKE_CURRENT_LIST_DIR}/apply.cmake
    COMMAND ${GUEST_LAUNCHER} ${LOCKSTEP_GUEST_CXX} ${GUEST_CXX_FLAGS} -O2 ${GUEST_FLAGS}
      -ffile-prefix-map=${CMAKE_BINARY_DIR}/= ${include_flags} -c ${changed} -o ${object}
    COMMAND ${LOCKSTEP_GUEST_CC} ${GUEST_LINK_FLAGS} -Wl,-Ttext-segment=0x10000000
      ${objects} ${object} ${GUEST_RUNTIME} -o ${image}
    DEPENDS ${KERNEL_IMAGE} ${KERNEL_OBJECTS} ${fault} ${CMAKE_CURRENT_LIST_DIR}/apply.cmake
    COMMENT "Faulty kernel: ${name}" VERBATIM)
  list(APPEND faulty_images ${image})
endforeach()
add_custom_target(faulty_kernels ALL DEPENDS ${faulty_images})
add_dependencies(faulty_kernels kernel_image)

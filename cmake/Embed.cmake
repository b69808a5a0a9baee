# congvu_embed(TARGET FILES...): an object library whose files are found by resources::find under their path in the source tree.
function(congvu_embed target)
  set(source "#include \"base/resources.h\"\n")
  set(table "")
  set(number 0)
  foreach(file IN LISTS ARGN)
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${file})
    string(APPEND source
      "asm(\".section .rodata\\n.balign 16\\nresource_${target}_${number}:\\n.incbin \\\"${file}\\\"\\nresource_${target}_${number}_end:\\n.byte 0\\n.previous\");\n"
      "extern \"C\" const char resource_${target}_${number}[];\nextern \"C\" const char resource_${target}_${number}_end[];\n")
    string(APPEND table "    {\"${path}\", {resource_${target}_${number}, static_cast<std::size_t>(resource_${target}_${number}_end - resource_${target}_${number})}},\n")
    math(EXPR number "${number}+1")
  endforeach()
  string(APPEND source "static const Resource files[] = {\n${table}    {\"\", {}}};\n"
    "static const bool added = (resources::add({files, ${number}}), true);\n")
  set(output ${CMAKE_BINARY_DIR}/embed/${target}.cpp)
  file(CONFIGURE OUTPUT ${output} CONTENT "${source}" @ONLY)
  add_library(${target} OBJECT ${output})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_compile_options(${target} PRIVATE -Wno-unused-variable)
  set_source_files_properties(${output} PROPERTIES OBJECT_DEPENDS "${ARGN}")
endfunction()

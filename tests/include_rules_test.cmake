# Proves that include_rules.cmake finds what it should: makes a small tree with wrong includes and reads the answer.
# cmake -DWORK=<scratch folder> -P include_rules_test.cmake
cmake_minimum_required(VERSION 3.25)

function(expect name file text expected)
  set(root ${WORK}/${name})
  file(REMOVE_RECURSE ${root})
  file(WRITE ${root}/${file} "${text}")
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${root} -P ${CMAKE_CURRENT_LIST_DIR}/include_rules.cmake
                  RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(expected STREQUAL "good")
    if(NOT code EQUAL 0)
      message(FATAL_ERROR "${name}: should pass, but: ${out}${err}")
    endif()
  elseif(code EQUAL 0 OR NOT "${out}${err}" MATCHES "${expected}")
    message(FATAL_ERROR "${name}: should fail with '${expected}', but: ${code} ${out}${err}")
  endif()
endfunction()

expect(geo_uses_model core/geo/a.cpp "#include \"core/model/time.h\"\n" "geo may not include it")
expect(model_uses_io core/model/a.h "#include \"core/io/recipe.h\"\n" "model may not include it")
expect(model_uses_gdal core/model/a.cpp "#include <gdal_priv.h>\n" "model may not use gdal")
expect(model_uses_sqlite core/model/a.cpp "#include <sqlite3.h>\n" "model may not use sqlite")
expect(gdal_in_header core/io/a.h "#include <ogrsf_frmts.h>\n" "in .cpp only")
expect(render_uses_reader core/render/a.cpp "  #  include \"core/io/vector_reader.h\"\n" "render may not include it")
expect(core_uses_app core/render/a.cpp "#include \"app/gui/look.h\"\n" "render may not include it")
expect(io_uses_qt core/io/a.cpp "#include <QString>\n" "io may not use qt")
expect(cli_uses_gui app/cli/a.cpp "#include \"app/gui/look.h\"\n" "cli may not include it")
expect(cli_uses_widgets app/cli/a.cpp "#include <QWidget>\n" "cli may not use qt")
expect(good core/render/a.cpp
       "#include \"core/render/a.h\"\n#include \"core/io/geotiff.h\"\n#include \"core/error.h\"\n#include <QImage>\n" good)

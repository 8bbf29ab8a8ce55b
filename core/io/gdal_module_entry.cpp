// Built into the module only: how the program finds its functions.
#include "core/io/gdal_module.h"

extern "C" __attribute__((visibility("default"))) const cordon::GdalModule cordonGdalModule{
    &cordon::draftsWithGdal, &cordon::writeWithGdal, &cordon::writeGeoTiff, &cordon::addWkt,
    &cordon::listZip,        &cordon::readZipEntry,  &cordon::writeZip};

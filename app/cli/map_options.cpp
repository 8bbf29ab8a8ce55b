#include "app/cli/map_options.h"

namespace cordon {

void MapOptions::addTo(CLI::App& command, const std::string& outputHelp) {
    command.add_option("-o,--output", output, outputHelp)->option_text("OUT");
    command.add_option("--extent", extent, "What to show, in degrees")->option_text("W,S,E,N");
    auto* paperOption = command.add_option("--paper", paper, "Paper of the sheet; A4 unless given");
    command.add_option("--size", size, "Size in pixels, of the map alone")->option_text("WxH")->excludes(paperOption);
    command.add_flag("--portrait", portrait, "Paper upright");
    command.add_option("--dpi", dpi, "Dots per inch")->option_text("N");
    command.add_option("--title", title, "Title of the sheet")->option_text("TEXT");
    command.add_option("--lang", language, "Language of the sheet")->check(CLI::IsMember({"en", "fr"}));
    command.add_flag("--no-overwrite", noOverwrite, "Refuse to replace a file");
}

MapRequest MapOptions::request() const {
    MapRequest request;
    request.output = output;
    if (!extent.empty())
        request.extent = parseExtent("--extent", extent);
    if (!size.empty())
        request.size = parseSize("--size", size);
    if (!paper.empty())
        request.paper = parsePaper(paper);
    request.orientation = portrait ? "portrait" : "";
    if (!dpi.empty())
        request.dpi = parseDpi(dpi);
    request.title = title;
    request.language = language;
    request.overwrite = !noOverwrite;
    return request;
}

} // namespace cordon

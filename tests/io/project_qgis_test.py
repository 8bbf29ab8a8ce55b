"""Prints what QGIS makes of a GeoPackage, one line a layer: name, features, renderer, and the colours of its symbols.

Usage: project_qgis_test.py FILE. Exits with 77 where PyQGIS is missing.
"""
import os
import sys

try:
    from qgis.core import (QgsApplication, QgsExpressionContext, QgsExpressionContextUtils, QgsProject, QgsRenderContext,
                           QgsVectorLayer)
except ImportError:
    sys.exit(77)


def colours(symbol):
    """Colours of a symbol's layers, bottom first; of hatches and dots those of their own symbol."""
    found = []
    for layer in symbol.symbolLayers():
        sub = layer.subSymbol()
        if sub:
            found += colours(sub)
            continue
        colour = layer.color().name(layer.color().HexArgb).upper()
        if layer.layerType() == 'SimpleMarker':
            colour += '/' + layer.strokeColor().name(layer.strokeColor().HexArgb).upper()
        found.append(colour)
    return found


def drawn(layer):
    """Features by the label of what they are drawn with."""
    renderer = layer.renderer().clone()
    context = QgsRenderContext()
    context.setExpressionContext(QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer)))
    renderer.startRender(context, layer.fields())
    counts = {}
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        symbols = renderer.originalSymbolsForFeature(feature, context)
        key = ' + '.join(' '.join(colours(symbol)) for symbol in symbols) or 'nothing'
        counts[key] = counts.get(key, 0) + 1
    renderer.stopRender(context)
    return counts


def main(path):
    app = QgsApplication([], False)
    app.initQgis()
    overview = QgsVectorLayer(path, 'all', 'ogr')
    # A table of several kinds of geometry is listed once for each.
    for name in sorted({sub.split('!!::!!')[1] for sub in overview.dataProvider().subLayers()}):
        layer = QgsVectorLayer(f'{path}|layername={name}', name, 'ogr')
        if not layer.isValid():
            print(f'{name} INVALID')
            continue
        count = sum(1 for _ in layer.getFeatures())
        if not layer.isSpatial():
            print(f'{name} {count} table')
            continue
        if name.startswith('cordon_'):  # all the history: no style of its own, any colour
            print(f'{name} {count}')
            continue
        print(f'{name} {count} {layer.renderer().type()} {round(layer.opacity(), 6)}')
        for look, features in sorted(drawn(layer).items()):
            print(f'  {features} x {look}')
    sys.stdout.flush()
    os._exit(0)  # leaving QGIS in order crashes now and then, which is not what is tested


main(sys.argv[1])

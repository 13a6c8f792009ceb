// A boxed remark. Lies flat.
import QtQuick
import Kiosk.Components
import Kiosk.Theme

TextRow {
    id: root

    above: Theme.gap1 + Theme.gap2
    below: Theme.gap2 + Theme.gap2
    inset: Theme.gap2 * 2 + Theme.body * 1.4
    words.width: Math.min(root.column - root.inset - Theme.gap2, Theme.lineWidth)

    Paper {
        z: -1
        y: Theme.gap1
        width: root.column
        height: root.height - Theme.gap1 - Theme.gap2
        raised: false
        fill: Theme.answer
    }
    Icon {
        x: Theme.gap2
        y: root.above + (Theme.body * 1.5 - height) / 2
        glyph: Glyphs.info
        color: Theme.accentText
        extent: Theme.body * 1.4
    }
}

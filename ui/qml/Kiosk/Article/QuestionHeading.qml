// A question, above its answer.
import Kiosk.Components
import Kiosk.Theme

TextRow {
    id: root

    above: Theme.gap4
    inset: Theme.title + Theme.gap2
    words.font.bold: true
    words.font.pixelSize: Theme.title

    Icon {
        y: root.above + (Theme.title * 1.5 - height) / 2
        glyph: Glyphs.question
        color: Theme.accentText
        extent: Theme.title
    }
}

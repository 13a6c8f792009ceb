// A heading inside an article.
import Kiosk.Theme

TextRow {
    id: root

    required property int level

    above: root.level < 3 ? Theme.gap3 : Theme.gap2
    below: Theme.gap1
    words.font.bold: true
    words.font.pixelSize: root.level < 3 ? Theme.title : Theme.body
}

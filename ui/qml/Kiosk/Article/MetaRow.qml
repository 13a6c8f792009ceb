// What a document says of itself: number, issuers, source, when it was checked.
import QtQuick
import Kiosk.Theme

ArticleRow {
    id: root

    required property string text

    height: words.height + Theme.gap2
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    Text {
        id: words

        y: Theme.gap1
        width: root.column
        text: root.text
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Theme.softInk
        font.family: Theme.family
        font.pixelSize: Theme.smallText
    }
}

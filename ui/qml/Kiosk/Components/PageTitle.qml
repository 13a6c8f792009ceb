// The heading of a page.
import QtQuick
import Kiosk.Theme

Text {
    id: root

    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.pageTitle
    font.bold: true
    Accessible.role: Accessible.Heading
    Accessible.name: root.text
}

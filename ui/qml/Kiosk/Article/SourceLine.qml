// Who answers for what is read here.
import QtQuick
import Kiosk.Theme

Text {
    id: root

    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    topPadding: Theme.gap1
    bottomPadding: Theme.gap4
    color: Theme.softInk
    font.family: Theme.family
    font.pixelSize: Theme.smallText
}

// A few words on one line: on a button, a tile, a badge. Shortened with … where there is no room, so give it room.
import QtQuick
import Kiosk.Theme

Text {
    id: root

    textFormat: Text.PlainText
    elide: Text.ElideRight
    maximumLineCount: 1
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.body
    verticalAlignment: Text.AlignVCenter
}

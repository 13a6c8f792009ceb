// What the clerk must know of before anything else: it lies flat, because nothing happens when it is touched.
import QtQuick
import Kiosk.Components
import Kiosk.Theme

Rectangle {
    id: root

    property alias text: words.text

    implicitHeight: words.implicitHeight + Theme.gap2 * 2
    radius: Theme.corner
    color: Theme.reviewGround
    border.width: Theme.border
    border.color: Theme.review
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.text

    Icon {
        id: sign

        x: Theme.gap2
        y: Theme.gap2
        glyph: Glyphs.review
        color: Theme.review
    }
    Words {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.gap2
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap2
        y: Theme.gap2
    }
}

// A card lying on paper: light edge, soft corner, a little higher than its ground. Flat where it cannot be touched.
import QtQuick
import Kiosk.Theme

Item {
    id: root

    property color fill: Theme.card
    property color edge: Theme.cardEdge
    property bool raised: true
    property bool pressed: false
    property real radius: Theme.corner

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: Theme.lift
        visible: root.raised && !root.pressed
        radius: root.radius
        color: Theme.shade
    }
    Rectangle {
        anchors.fill: parent
        anchors.bottomMargin: root.raised ? Theme.lift : 0
        transform: Translate {
            y: root.raised && root.pressed ? Theme.lift : 0
        }
        radius: root.radius
        color: root.fill
        border.width: Theme.border
        border.color: root.edge
    }
}

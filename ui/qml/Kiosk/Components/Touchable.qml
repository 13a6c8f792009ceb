// What a finger can touch on the pages that are seen first: answers when the finger is lifted inside.
// The buttons of QtQuick.Templates do the same, but loading their library takes longer than painting half of home.
import QtQuick

Item {
    id: root

    property string text: ""
    readonly property bool down: area.containsPress

    signal clicked

    Accessible.role: Accessible.Button
    Accessible.onPressAction: root.clicked()

    MouseArea {
        id: area

        anchors.fill: parent
        onClicked: root.clicked()
    }
}

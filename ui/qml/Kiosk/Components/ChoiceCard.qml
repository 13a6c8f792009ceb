// One of a few ways the pages can look: a sample of it, and its word. The chosen one is dark and ticked.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    property bool chosen: false
    property string sample: ""
    property real sampleSize: Theme.body
    property color sampleInk: root.ink
    property color sampleGround: "transparent"
    property bool pictured: false    // the sample is a glyph of the icon font
    readonly property color ink: root.chosen ? Theme.chosenInk : Theme.ink

    implicitHeight: Math.max(Theme.touchTarget, column.implicitHeight + Theme.gap2 * 2)
    Accessible.role: Accessible.RadioButton
    Accessible.name: root.text
    Accessible.checked: root.chosen
    Accessible.onPressAction: root.clicked()

    background: Paper {
        pressed: root.down
        fill: root.chosen ? Theme.chosen : Theme.card
    }
    contentItem: Item {
        Column {
            id: column

            anchors.centerIn: parent
            spacing: Theme.gap1

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Theme.mm(24)
                height: Theme.mm(20)
                radius: Theme.corner
                color: root.sampleGround

                Text {
                    anchors.centerIn: parent
                    text: root.sample
                    textFormat: Text.PlainText
                    color: root.sampleInk
                    font.family: root.pictured ? Theme.iconFamily : Theme.family
                    font.pixelSize: root.sampleSize
                }
            }
            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.gap1

                Icon {
                    visible: root.chosen
                    anchors.verticalCenter: parent.verticalCenter
                    glyph: Glyphs.check
                    color: root.ink
                }
                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.text
                    color: root.ink
                    font.bold: root.chosen
                }
            }
        }
    }
}

// Whom to call, so large that it can be read from the door. For showing only: a kiosk is no telephone.
import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    required property string number
    required property string label    // who answers there
    property string advice: ""
    property bool urgent: false
    readonly property color ink: root.urgent ? Theme.accentInk : Theme.ink

    implicitHeight: row.implicitHeight + Theme.gap2 * 2
    radius: Theme.corner
    color: root.urgent ? Theme.accent : Theme.answer
    border.width: Theme.border
    border.color: root.urgent ? Theme.accent : Theme.cardEdge
    Accessible.role: root.urgent ? Accessible.AlertMessage : Accessible.StaticText
    Accessible.name: root.label + "，" + root.number

    Row {
        id: row

        x: Theme.gap3
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - Theme.gap3 * 2
        spacing: Theme.gap3

        Icon {
            id: picture

            anchors.verticalCenter: parent.verticalCenter
            glyph: Glyphs.phoneInTalk
            color: root.ink
            extent: Theme.pageTitle * (root.urgent ? 1.6 : 1.2)
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - picture.width - parent.spacing

            Words {
                width: parent.width
                visible: root.advice !== ""
                text: root.advice
                color: root.ink
                lineHeight: 1.2
            }
            Flow {
                id: answered

                readonly property bool fits: digits.width + Theme.gap3 + who.implicitWidth <= width

                width: parent.width
                spacing: fits ? Theme.gap3 : 0

                Text {
                    id: digits

                    text: root.number
                    textFormat: Text.PlainText
                    color: root.ink
                    font.family: Theme.family
                    font.bold: true
                    font.pixelSize: Theme.pageTitle * (root.urgent ? 1.9 : 1.1)
                    lineHeight: 1.1
                }
                Words {
                    id: who

                    width: Math.min(implicitWidth, answered.width)
                    height: answered.fits ? digits.height : implicitHeight
                    text: root.label
                    color: root.ink
                    font.bold: true
                    font.pixelSize: Theme.title
                    lineHeight: 1.2
                    verticalAlignment: Text.AlignVCenter
                }
            }
        }
    }
}

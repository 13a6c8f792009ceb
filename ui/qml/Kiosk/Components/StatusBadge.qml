// What may be said about an item today: always a word and a sign, never colour alone.
import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    required property string text
    required property string tone    // good, review or ended
    readonly property color ink: root.tone === "good" ? Theme.good : root.tone === "review" ? Theme.review : Theme.ended

    implicitWidth: row.implicitWidth + Theme.gap2
    implicitHeight: row.implicitHeight + Theme.gap1
    radius: height / 2
    color: root.tone === "good" ? Theme.goodGround : root.tone === "review" ? Theme.reviewGround : Theme.endedGround
    border.width: Theme.border
    border.color: root.ink
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.gap1 / 2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            glyph: root.tone === "good" ? Glyphs.good : root.tone === "review" ? Glyphs.review : Glyphs.ended
            color: root.ink
            extent: Theme.smallText
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            color: root.ink
            font.pixelSize: Theme.smallText
            font.bold: true
        }
    }
}

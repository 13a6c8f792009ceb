// A quiet mark beside a title, such as 示例 or 未签名.
import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    required property string text

    visible: root.text !== ""
    implicitWidth: root.visible ? label.width + Theme.gap2 : 0
    implicitHeight: label.implicitHeight + Theme.gap1
    radius: Theme.mm(1)
    color: Theme.endedGround
    border.width: Theme.border
    border.color: Theme.ended
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    Label {
        id: label

        anchors.centerIn: parent
        width: Math.min(implicitWidth, Theme.smallText * 12)    // packs write their own: nothing beside it may be pushed away
        text: root.text
        color: Theme.softInk
        font.pixelSize: Theme.smallText
    }
}

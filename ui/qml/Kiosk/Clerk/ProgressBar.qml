// How much of long work is done: a bar that only grows. The words beside it say the rest.
import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    required property int percent

    implicitHeight: Theme.mm(4)
    radius: height / 2
    color: Theme.endedGround
    border.width: Theme.border
    border.color: Theme.ended
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("已完成 %1%").arg(root.percent)

    Rectangle {
        width: Math.max(height, parent.width * Math.min(100, root.percent) / 100)
        height: parent.height
        visible: root.percent > 0
        radius: parent.radius
        color: Theme.good
    }
}

// One dot for each digit that was typed, never the digit.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Row {
    id: root

    required property int typed

    spacing: Theme.gap2
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("输了 %1 位").arg(root.typed)

    Repeater {
        model: Math.max(6, root.typed)

        Rectangle {
            id: dot

            required property int index

            width: Theme.mm(5)
            height: width
            radius: width / 2
            color: dot.index < root.typed ? Theme.ink : "transparent"
            border.width: Theme.border * 1.5
            border.color: Theme.softInk
        }
    }
}

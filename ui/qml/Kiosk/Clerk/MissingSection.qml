// What people asked for on several days and did not find.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Column {
    id: root

    required property ClerkViewModel clerk

    spacing: Theme.gap2

    Words {
        width: parent.width
        visible: missed.count === 0
        text: qsTr("还没有。同一句话有三天都有人问、又都没查到，才会列在这里。")
        soft: true
    }
    Repeater {
        id: missed

        model: root.clerk.missing as QtObject

        Column {
            id: asked

            required property string text
            required property string detail

            width: root.width

            Words {
                width: parent.width
                text: asked.text
            }
            Words {
                width: parent.width
                text: asked.detail
                soft: true
                font.pixelSize: Theme.smallText
            }
        }
    }
}

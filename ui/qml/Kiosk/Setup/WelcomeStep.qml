// What comes now, in three sentences.
import QtQuick
import Kiosk.Components
import Kiosk.Theme

Item {
    id: root

    VillagePicture {
        y: Theme.portrait ? root.height - height : 0
        x: Theme.portrait ? 0 : root.width - width
        width: Theme.portrait ? root.width : root.width * 0.46
        height: Theme.portrait ? root.height * 0.385 : root.height    // upright as large as behind the questions
        village: qsTr("村口")
        besideWords: !Theme.portrait
    }
    Column {
        x: Theme.margin
        y: (root.height - height) * (Theme.portrait ? 0.25 : 0.4)
        width: (Theme.portrait ? root.width : root.width * 0.54) - Theme.margin * 2
        spacing: Theme.gap3

        PageTitle {
            width: parent.width
            text: qsTr("欢迎使用村口")
        }
        Words {
            width: parent.width
            text: qsTr("这台机器是新的。回答六个问题，就可以给村民用了。")
        }
        Words {
            width: parent.width
            text: qsTr("每一步都可以跳过，管理员以后也能改。中途断了电，来电以后接着填。")
            soft: true
        }
    }
}

// A friendly page where nothing was found, or nothing could be looked for: whom to ask, and where else to look.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Flickable {
    id: root

    required property QtObject themes
    required property string sentence
    required property string todo
    required property string phone
    required property string phoneLabel
    property bool met: false    // no tiles are made before nothing was found for the first time

    signal themeChosen(theme: string)

    clip: true
    contentHeight: column.height
    onVisibleChanged: root.met = root.met || root.visible
    Component.onCompleted: root.met = root.visible
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column

        width: root.width
        spacing: Theme.gap2
        bottomPadding: Theme.gap3

        Row {
            width: parent.width
            spacing: Theme.gap3

            Icon {
                id: picture

                anchors.verticalCenter: parent.verticalCenter
                glyph: Glyphs.question
                color: Theme.softInk
                extent: Theme.pageTitle * 1.5
            }
            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - picture.width - parent.spacing

                PageTitle {
                    width: parent.width
                    text: root.sentence
                }
                Words {
                    width: parent.width
                    text: root.todo
                    soft: true
                    lineHeight: 1.3
                }
            }
        }
        PhoneCard {
            width: parent.width
            visible: root.phone !== ""
            number: root.phone
            label: root.phoneLabel
        }
        Words {
            width: parent.width
            visible: tiles.count > 0
            text: qsTr("也可以从这里找")
            font.bold: true
            lineHeight: 1.3
        }
        Grid {
            id: grid

            readonly property real share: (width - (columns - 1) * spacing) / columns

            width: parent.width
            columns: width > Theme.body * 22 ? 2 : 1
            spacing: Theme.gap2

            Repeater {
                id: tiles

                model: root.met ? root.themes : null

                ThemeTile {
                    required property string id

                    width: grid.share
                    onClicked: root.themeChosen(id)
                }
            }
        }
    }
}

// Each installed pack: which version, of when, who answers for it, the way back to the version before, and the way out.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Column {
    id: root

    required property UpkeepViewModel upkeep
    property bool mayChange: true

    spacing: Theme.gap2

    Repeater {
        model: root.upkeep.packs as QtObject

        Paper {
            id: pack

            required property string id
            required property string title
            required property string detail
            required property string signer
            required property string back
            required property string removal

            width: root.width
            height: about.height + Theme.gap2 * 2
            raised: false

            Column {
                id: about

                x: Theme.gap3
                y: Theme.gap2
                width: parent.width - Theme.gap3 * 2
                spacing: Theme.gap1

                Words {
                    width: parent.width
                    text: pack.title
                    font.bold: true
                }
                Words {
                    width: parent.width
                    text: pack.detail + " · " + pack.signer
                    soft: true
                    font.pixelSize: Theme.smallText
                }
                Flow {
                    width: parent.width
                    spacing: Theme.gap2
                    visible: pack.back !== "" || pack.removal !== ""

                    AppButton {
                        visible: pack.back !== ""
                        enabled: root.mayChange
                        glyph: Glyphs.undo
                        text: pack.back
                        Accessible.name: pack.title + qsTr("，") + pack.back
                        onClicked: root.upkeep.rollBack(pack.id, pack.title + qsTr("，") + pack.back)
                    }
                    AppButton {
                        visible: pack.removal !== ""
                        enabled: root.mayChange
                        glyph: Glyphs.remove
                        text: pack.removal
                        Accessible.name: pack.title + qsTr("，") + pack.removal
                        onClicked: root.upkeep.remove(pack.id, pack.title + qsTr("，") + pack.removal)
                    }
                }
            }
        }
    }
}

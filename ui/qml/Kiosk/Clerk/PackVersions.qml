// Each installed pack: which version, of when, who answers for it, and the way back to the version before.
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
                AppButton {
                    visible: pack.back !== ""
                    enabled: root.mayChange
                    glyph: Glyphs.undo
                    text: pack.back
                    Accessible.name: pack.title + qsTr("，") + pack.back
                    onClicked: root.upkeep.rollBack(pack.id, pack.title + qsTr("，") + pack.back)
                }
            }
        }
    }
}

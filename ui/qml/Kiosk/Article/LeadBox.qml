// What stands above the tabs of an item: title, what may be said of it today, the boxed answer, the facts.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Column {
    id: root

    required property ItemViewModel item
    required property ListeningViewModel listening
    readonly property int answerPart: 1
    readonly property bool answerLit: root.listening.litPart === root.answerPart && root.item.answer !== ""

    signal itemRequested(pack: string, id: string)

    // Where the lit part stands, in this column; empty if it is not here.
    function litRectangle(): rect {
        if (root.listening.litPart === 0)
            return Qt.rect(0, title.y, title.width, title.height);
        if (root.answerLit) {
            const line = answer.positionToRectangle(root.listening.litStart);
            return Qt.rect(0, answerBox.y + answer.y + line.y, line.width, line.height);
        }
        for (let number = 0; number < factCells.count; number++) {
            const cell = factCells.itemAt(number) as FactCell;
            if (cell && cell.lit)
                return Qt.rect(0, facts.y + cell.y, cell.width, cell.height);
        }
        return Qt.rect(0, 0, 0, 0);
    }

    spacing: Theme.gap2

    Item {
        width: parent.width
        height: title.height

        Rectangle {
            x: -Theme.gap1
            width: parent.width + Theme.gap1 * 2
            height: parent.height
            radius: Theme.mm(2)
            color: Theme.voice
            visible: root.listening.litPart === 0
        }
        PageTitle {
            id: title

            width: parent.width
            text: root.item.title
            font.pixelSize: width < Theme.pageTitle * 12 ? Theme.title : Theme.pageTitle
            lineHeight: font.pixelSize * 1.35
            lineHeightMode: Text.FixedHeight
            color: root.listening.litPart === 0 ? Theme.voiceInk : Theme.ink
            font.family: root.item.rightToLeft ? Theme.naskhFamily : root.item.tall ? Theme.tibetanFamily : Theme.family
        }
        TapHandler {
            onTapped: root.listening.startAt(0, 0)
        }
    }
    Flow {
        width: parent.width
        spacing: Theme.gap2
        visible: root.item.isRead

        StatusBadge {
            text: root.item.statusWords
            tone: root.item.tone
        }
        Mark {
            text: root.item.badge
        }
    }
    SuccessorCard {
        width: parent.width
        visible: root.item.successorTitle !== ""
        title: root.item.successorTitle
        onClicked: root.itemRequested(root.item.successorPack, root.item.successorId)
    }
    Paper {
        id: answerBox

        width: parent.width
        height: answer.height + Theme.gap3 * 2
        visible: root.item.answer !== ""
        raised: false
        fill: Theme.answer

        ReadableText {
            id: answer

            x: Theme.gap3
            y: Theme.gap3
            width: Math.min(parent.width - Theme.gap3 * 2, Theme.lineWidth)
            text: root.item.answerMarkup
            rightToLeft: root.item.rightToLeft
            tall: root.item.tall
            lit: root.answerLit
            litStart: root.listening.litStart
            litEnd: root.listening.litEnd
        }
        TapHandler {
            onTapped: point => root.listening.startAt(root.answerPart, answer.positionAt(point.position.x - answer.x, point.position.y - answer.y))
        }
    }
    Grid {
        id: facts

        readonly property real share: (width - (columns - 1) * columnSpacing) / columns

        width: parent.width
        columns: width >= Theme.body * 28 && factCells.count > 1 ? 2 : 1
        columnSpacing: Theme.gap3
        rowSpacing: Theme.gap1
        visible: factCells.count > 0

        Repeater {
            id: factCells

            model: root.item.facts

            delegate: FactCell {
                id: cell

                required property int part

                width: facts.share
                lit: root.listening.litPart === cell.part

                TapHandler {
                    onTapped: root.listening.startAt(cell.part, 0)
                }
            }
        }
    }
}

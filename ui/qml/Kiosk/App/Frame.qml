// Strip above, one page in the middle, the bar below. It is seen before the pages beyond home are made: those stand in
// Rooms.qml, which is put into the middle later.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: frame

    required property Navigator navigator
    required property HomeViewModel home
    required property SoundViewModel sound
    property bool stripNeeded: false    // something stands on it

    readonly property Item middle: rooms
    readonly property bool atRest: frame.navigator.page === "rest"

    PageHost {
        id: pages

        anchors.top: frame.navigator.page === "home" || frame.atRest || !strip.visible ? parent.top : strip.bottom
        anchors.topMargin: strip.visible ? 0 : Theme.gap1
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: frame.atRest ? parent.bottom : bar.top
        mayPrepare: frame.home.shown && frame.Window.visibility !== Window.Hidden

        PageSlot {
            anchors.fill: parent
            name: "rest"
            file: "RestPage"
            navigator: frame.navigator
            content: ({
                    "navigator": frame.navigator,
                    "home": frame.home
                })
        }
        PageSlot {
            id: homeSlot

            anchors.fill: parent
            name: "home"
            file: "HomePage"
            navigator: frame.navigator
            content: ({
                    "navigator": frame.navigator,
                    "home": frame.home,
                    "stripHeight": strip.height
                })
        }
        Item {
            id: rooms

            anchors.fill: parent
        }
    }
    TopStrip {
        id: strip

        // Where few lines fit, what is read comes before whose kiosk it is, but not before whether anybody answers for it.
        visible: frame.stripNeeded || frame.home.remark !== "" || frame.atRest || frame.navigator.page === "home" || frame.height > Theme.body * 24

        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        village: frame.home.village
        today: frame.home.today
        updated: frame.home.updated
        remark: frame.home.remark
        soundOn: frame.sound.isAvailable
        opacity: frame.stripNeeded ? 0 : 1
    }
    Binding {
        target: homeSlot.item
        when: homeSlot.item !== null
        property: "stripHeight"
        value: strip.height
    }
    BottomBar {
        id: bar

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        visible: !frame.atRest
        page: frame.navigator.page
        canGoBack: frame.navigator.canGoBack
        canListen: frame.sound.canListen
        listening: frame.sound.isMoving
        onBackRequested: frame.navigator.back()
        onHomeRequested: frame.navigator.home()
        onListenRequested: frame.sound.listen()
        onSizeRequested: frame.navigator.size()
        onHelpRequested: frame.navigator.help()
    }
}

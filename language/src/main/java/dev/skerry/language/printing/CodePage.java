package dev.skerry.language.printing;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/// A set of 256 characters of a receipt printer. The numbers are those of Epson's ESC/POS command reference (ESC t), which most
/// others keep to.
public enum CodePage {
    PC437(0, "IBM437"),
    PC850(2, "IBM850"),
    PC858(19, "IBM00858"),
    PC852(18, "IBM852"),
    PC866(17, "IBM866"),
    WPC1252(16, "windows-1252"),
    WPC1250(45, "windows-1250"),
    WPC1251(46, "windows-1251"),
    WPC1253(47, "windows-1253"),
    WPC1254(48, "windows-1254"),
    WPC1257(51, "windows-1257");

    private final int number;
    private final String charset;

    CodePage(int number, String charset) {
        this.number = number;
        this.charset = charset;
    }

    /// As ESC t takes it, 0 to 255.
    public int number() {
        return number;
    }

    /// The same characters in Java.
    public Charset charset() {
        return Charset.forName(charset);
    }

    /// Tells which characters it has. For one thread.
    public CharsetEncoder encoder() {
        return charset().newEncoder();
    }
}

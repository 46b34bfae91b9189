using System.Text;
using IncidentDesk.Attachments;
using Xunit;

namespace IncidentDesk.Tests.Attachments;

public sealed class FileTypesTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000000D", "image/png")]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("474946383761", "image/gif")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("524946461A000000574542505650384C", "image/webp")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("1F8B0800000000000003", "application/gzip")]
    [InlineData("504B030414000000", "application/zip")]
    [InlineData("504B0506000000000000000000000000000000000000", "application/zip")]
    [InlineData("D4C3B2A1020004000000000000000000FFFF000001000000", "application/vnd.tcpdump.pcap")]
    [InlineData("A1B23C4D000200040000000000000000000040000000000A", "application/vnd.tcpdump.pcap")]
    [InlineData("0A0D0D0A1C0000004D3C2B1A01000000FFFFFFFFFFFFFFFF1C000000", "application/x-pcapng")]
    public void What_begins_like_a_known_file_is_one(string hex, string mediaType) => Assert.Equal(mediaType, FileTypes.Of(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("plain words, and á ñ ✓ 🙂")]
    [InlineData("utc,event\n2015-07-31,attack\r\n")]
    [InlineData("{\"pps\": 4000000}\n")]
    [InlineData("\uFEFFwith a mark")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<?xml version='1.0'?><svg/>")]
    [InlineData("RIFF....WAVE")]
    [InlineData("  GIF89a")]
    [InlineData("PK and more")]
    public void Text_is_text_whatever_a_browser_would_make_of_it(string text) => Assert.Equal(FileTypes.Text, FileTypes.Of(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("GIF89a=1;/*<script>alert(1)</script>*/", "image/gif")]
    [InlineData("%PDF-1.7\n<html><script>alert(1)</script>", "application/pdf")]
    [InlineData("PK\u0003\u0004<html><script>alert(1)</script>", "application/zip")]
    public void A_file_that_is_two_things_is_only_the_first(string text, string mediaType)
    {
        Assert.Equal(mediaType, FileTypes.Of(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(mediaType == "image/gif", FileTypes.IsImage(mediaType));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("4D5A90000300")]
    [InlineData("7F454C460201")]
    [InlineData("68C3")]
    [InlineData("68C28568")]
    [InlineData("1B5B33316D")]
    [InlineData("EDA080")]
    [InlineData("89504E47")]
    [InlineData("FFD8")]
    [InlineData("3C00730063007200690070007400")]
    [InlineData("424D36000000")]
    [InlineData("D4C3B2A1")]
    public void All_else_is_bytes(string hex) => Assert.Equal(FileTypes.Bytes, FileTypes.Of(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("graph.png", "graph.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"..\..\x", "x")]
    [InlineData(@"C:\Users\ana\Captura de pantalla.png", "Captura de pantalla.png")]
    [InlineData("/a/b/", "file")]
    [InlineData("..", "file")]
    [InlineData(" ", "file")]
    [InlineData(null, "file")]
    [InlineData(".htaccess", ".htaccess")]
    [InlineData("%2e%2e%2fx", "%2e%2e%2fx")]
    [InlineData("\"; filename=evil.html", "\"; filename=evil.html")]
    public void A_name_is_what_stands_behind_the_path(string? given, string name) => Assert.Equal(name, FileNames.Clean("Name", given).Value);

    [Theory]
    [InlineData("a\0b.png")]
    [InlineData("a\r\nSet-Cookie: x=1")]
    [InlineData("a\nb")]
    [InlineData("invoice\u202Egnp.exe")]
    [InlineData("a\u2066b")]
    [InlineData("a\u0085b")]
    public void A_name_that_could_deceive_is_refused(string name) => Refused.Field("Name", "Text.ControlCharacter", FileNames.Clean("Name", name));

    [Fact]
    public void A_name_without_end_is_refused() => Refused.Field("Name", "Text.TooLong", FileNames.Clean("Name", new string('a', 300)));
}

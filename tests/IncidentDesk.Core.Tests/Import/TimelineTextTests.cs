using System.Text;
using IncidentDesk.Import;
using Xunit;

namespace IncidentDesk.Tests.Import;

public sealed class TimelineTextTests
{
    private const string Text = Sample.Header + "2015-08-03T00:00:00Z,Organización en México 🔥,attack,,day,\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Unicode_is_read_as_it_is(string encoding)
    {
        byte[] bytes = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(Text),
            "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
            _ => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
        };

        Assert.Equal("Organización en México 🔥", Parse(bytes).Only().Body);
    }

    [Fact]
    public void Latin_1_is_refused_with_its_first_line()
    {
        var file = Parse(Encoding.Latin1.GetBytes(Sample.Header + "2015-08-02,plain,,,day,\r\n2015-08-03,Organización,,,day,\r\n2015-08-04,México,,,day,\r\n"));

        Assert.Equal((3, ImportCodes.NotUnicode), file.Problem());
        Assert.Empty(file.Lines);
    }

    [Fact]
    public void Utf_16_that_is_cut_in_half_is_refused()
    {
        byte[] bytes = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text), 0x41];

        Assert.Equal((3, ImportCodes.NotUnicode), Parse(bytes).Problem());
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        byte[] bytes = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a\nb"), 0x3D, 0xD8, .. Encoding.Unicode.GetBytes("c")];

        Assert.Equal((2, ImportCodes.NotUnicode), Parse(bytes).Problem());
    }

    [Fact]
    public void Control_characters_are_refused_line_by_line()
    {
        var file = Sample.Rows("2015-08-03,a\0b\0,,,day,", "2015-08-03,tab\there,,,day,", "2015-08-03,\u001b[31mred,,,day,");

        Assert.Equal([(2, ImportCodes.ControlCharacter, "U+0000"), (4, ImportCodes.ControlCharacter, "U+001B")],
            file.Problems.Select(p => (p.Line, p.Code, (string)p.Args[0])));
    }

    [Fact]
    public void Right_to_left_marks_are_text() =>
        Assert.Equal("\u202Bالشبكة\u202C", Sample.Rows("2015-08-03,\u202Bالشبكة\u202C,,,day,").Only().Body);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\r\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_refused(string text)
    {
        Assert.Equal((0, ImportCodes.Empty), Sample.Csv(text).Problem());
        Assert.Equal((0, ImportCodes.Empty), Sample.Markdown(text).Problem());
    }

    [Fact]
    public void A_header_alone_holds_no_event() => Assert.Equal((0, ImportCodes.NoEvents), Sample.Csv(Sample.Header).Problem());

    [Fact]
    public void A_file_that_is_too_large_is_refused_with_the_numbers()
    {
        var file = Parse(new byte[TimelineFile.MaxBytes + 1]);

        Assert.Equal((0, ImportCodes.TooLarge), file.Problem());
        Assert.Equal([TimelineFile.MaxBytes, TimelineFile.MaxBytes + 1], file.Args());
    }

    [Fact]
    public void A_million_lines_are_refused_with_the_numbers()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample.Header + string.Concat(Enumerable.Repeat(",x\n", 999_999)));

        var file = Parse(bytes);

        Assert.Equal((0, ImportCodes.TooManyLines), file.Problem());
        Assert.Equal([TimelineFile.MaxLines, 1_000_000], file.Args());
    }

    [Fact]
    public void As_many_lines_as_are_allowed_are_read()
    {
        var rows = Enumerable.Range(0, TimelineFile.MaxLines - 1).Select(n => $"2015-08-03T00:00:00Z,same event,attack,,minute,{n}");

        var file = Sample.Rows([.. rows]);

        Assert.Empty(file.Problems);
        Assert.Equal(TimelineFile.MaxLines - 1, file.Lines.Count);
    }

    private static ParsedFile Parse(byte[] bytes) => TimelineFile.Parse(bytes, TimelineFormat.Csv, Sample.Now);
}

using IncidentDesk.Import;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Import;

public sealed class MarkdownTimelineTests
{
    [Theory]
    [InlineData("## 2015-07-31")]
    [InlineData("# 2015/07/31 ##")]
    [InlineData("### 31 July 2015")]
    [InlineData("# Friday, July 31, 2015")]
    [InlineData("## July 31st 2015: the third wave")]
    [InlineData("## Jul. 31, 2015")]
    [InlineData("## 31 de julio de 2015")]
    [InlineData("#### viernes 31 de julio del 2015")]
    public void A_heading_sets_the_day(string heading)
    {
        var line = Sample.Markdown($"{heading} (UTC)\n\n- 14:05 down\n").Only();

        Assert.Equal((3, "down", EntryKind.Note, "14:05"), (line.Line, line.Body, line.Kind, line.StatedTime));
        Assert.Equal(OccurrenceTime.Exactly(Sample.Utc("2015-07-31T14:05Z")), line.OccurredAt);
        Assert.Empty(line.Doubts);
    }

    [Theory]
    [InlineData("## 2015-07-31 (UTC-4)", "- 14:05 x", "18:05", false)]
    [InlineData("## 2015-07-31 GMT+05:30", "- 14:05 x", "08:35", false)]
    [InlineData("## 2015-07-31 EDT", "- 14:05 x", "18:05", true)]
    [InlineData("## 2015-07-31 (CEST)", "- 14:05 x", "12:05", true)]
    [InlineData("## 2015-07-31", "- 14:05 x", "14:05", true)]
    [InlineData("## 2015-07-31", "- 14:05Z x", "14:05", false)]
    [InlineData("## 2015-07-31", "- 14:05 UTC x", "14:05", false)]
    [InlineData("## 2015-07-31 (UTC-4)", "- 14:05 PDT x", "21:05", true)]
    [InlineData("## 2015-07-31 (UTC-4)", "- 14:05Z x", "14:05", false)]
    [InlineData("# Attack (all times UTC-4)\n## 2015-07-31", "- 14:05 x", "18:05", false)]
    public void The_zone_is_the_nearest_that_is_named(string heading, string bullet, string utc, bool uncertain)
    {
        var line = Sample.Markdown($"{heading}\n{bullet}\n").Only();

        Assert.Equal(Sample.Utc($"2015-07-31T{utc}Z"), line.OccurredAt.At);
        Assert.Equal("x", line.Body);
        Assert.Equal(uncertain ? [ImportDoubt.ZoneUncertain] : [], line.Doubts);
    }

    [Theory]
    [InlineData("* 14:05 x", "14:05:00", Precision.Exact, "x")]
    [InlineData("+ 9:05 x", "09:05:00", Precision.Exact, "x")]
    [InlineData("- 14:05:30 x", "14:05:30", Precision.Exact, "x")]
    [InlineData("- ~14:05 x", "14:05:00", Precision.About, "x")]
    [InlineData("- ± 14:05 x", "14:05:00", Precision.About, "x")]
    [InlineData("- <14:05 x", "14:05:00", Precision.Before, "x")]
    [InlineData("- >14:05 x", "14:05:00", Precision.After, "x")]
    [InlineData("- 2:05 pm x", "14:05:00", Precision.Exact, "x")]
    [InlineData("- 2:05PM x", "14:05:00", Precision.Exact, "x")]
    [InlineData("- 12:05 a.m. x", "00:05:00", Precision.Exact, "x")]
    [InlineData("- 14:05–14:30 x", "14:05:00", Precision.Exact, "14:05–14:30 x")]
    [InlineData("- 2:05 - 2:30 pm x", "14:05:00", Precision.Exact, "2:05 - 2:30 pm x")]
    [InlineData("- 11:30-12:15 pm x", "11:30:00", Precision.Exact, "11:30-12:15 pm x")]
    [InlineData("- 2:05 am–2:30 pm x", "02:05:00", Precision.Exact, "2:05 am–2:30 pm x")]
    [InlineData("- **14:05** x", "14:05:00", Precision.Exact, "x")]
    [InlineData("- **14:05:** x", "14:05:00", Precision.Exact, "x")]
    [InlineData("- `14:05` – x", "14:05:00", Precision.Exact, "x")]
    [InlineData("- 14:05: x", "14:05:00", Precision.Exact, "x")]
    [InlineData("- [x] 14:05 x", "14:05:00", Precision.Exact, "x")]
    [InlineData("- 14:05 amazing", "14:05:00", Precision.Exact, "amazing")]
    public void A_bullet_starts_with_its_time(string bullet, string clock, Precision precision, string body)
    {
        var line = Sample.Markdown($"# 2015-07-31 UTC\n{bullet}\n").Only();

        Assert.Equal(new OccurrenceTime(Sample.Utc($"2015-07-31T{clock}Z"), precision), line.OccurredAt);
        Assert.Equal(body, line.Body);
    }

    [Fact]
    public void A_bullet_may_bring_its_own_date()
    {
        var line = Sample.Markdown("- 2015-07-31 14:05Z down\n").Only();

        Assert.Equal(OccurrenceTime.Exactly(Sample.Utc("2015-07-31T14:05Z")), line.OccurredAt);
    }

    [Theory]
    [InlineData("- 14:05 ! x", EntryKind.Action)]
    [InlineData("- 14:05 ?x", EntryKind.Observation)]
    [InlineData("- 14:05 = x", EntryKind.Decision)]
    [InlineData("- 14:05 @ x", EntryKind.Communication)]
    [InlineData("- ! x", EntryKind.Action)]
    [InlineData("- 14:05 x", EntryKind.Note)]
    public void A_prefix_gives_the_kind(string bullet, EntryKind kind)
    {
        var line = Sample.Markdown($"# 2015-07-31 UTC\n{bullet}\n").Only();

        Assert.Equal((kind, "x"), (line.Kind, line.Body));
        Assert.Empty(line.Doubts);
    }

    [Fact]
    public void Without_a_time_a_dated_bullet_is_of_its_day_and_an_undated_one_has_only_its_place()
    {
        var file = Sample.Markdown("- first\n\n## 2015-07-31\n- second\n");

        Assert.Empty(file.Problems);
        Assert.Equal([OccurrenceTime.OrderOnly, new(Sample.Utc("2015-07-31T00:00Z"), Precision.Day)], file.Lines.Select(line => line.OccurredAt));
        Assert.Equal([ImportDoubt.NoTime], file.Lines[0].Doubts);
        Assert.Empty(file.Lines[1].Doubts);
    }

    [Fact]
    public void Indented_lines_belong_to_the_bullet()
    {
        var file = Sample.Markdown("# 2015-07-31 UTC\n- 14:05 one\n  two\n\n  - 14:06 nested\n\n      code\n\n- 14:10 next\n");

        Assert.Empty(file.Problems);
        Assert.Equal([(2, "one\ntwo\n\n- 14:06 nested\n\n    code"), (9, "next")], file.Lines.Select(line => (line.Line, line.Body)));
        Assert.Empty(file.SkippedLines);
    }

    [Fact]
    public void What_is_no_entry_is_told_by_its_line_and_blocks_nothing()
    {
        var file = Sample.Markdown("# Attack\nSome words.\n\n## 2015-07-31 UTC\n- 14:05 down\nmore words\n```\n- 14:06 no entry\n```\n1. numbered\n- 14:07 up\n");

        Assert.Empty(file.Problems);
        Assert.Equal(["down", "up"], file.Lines.Select(line => line.Body));
        Assert.Equal([1, 2, 6, 7, 8, 9, 10], file.SkippedLines);
    }

    [Fact]
    public void A_subheading_stays_in_its_day_and_a_heading_of_the_same_rank_ends_it()
    {
        var file = Sample.Markdown("## 2015-07-31 UTC\n### Recovery\n- 14:05 up\n## Lessons\n- filter earlier\n");

        Assert.Equal([Precision.Exact, Precision.OrderOnly], file.Lines.Select(line => line.OccurredAt.Precision));
    }

    [Fact]
    public void Past_midnight_under_one_heading_is_out_of_order()
    {
        var file = Sample.Markdown("## 2015-07-31 UTC\n- 23:50 a\n- 00:10 b\n");

        Assert.Equal(Sample.Utc("2015-07-31T00:10Z"), file.Lines[1].OccurredAt.At);
        Assert.Equal([ImportDoubt.OutOfOrder], file.Lines[1].Doubts);
    }

    [Theory]
    [InlineData("- 14:05 x", 1, ImportCodes.ClockWithoutDate)]
    [InlineData("# 2015-07-31\n- 25:10 x", 2, ImportCodes.BadTime)]
    [InlineData("# 2015-07-31\n- 14:05 pm x", 2, ImportCodes.BadTime)]
    [InlineData("- 2015-02-30 14:05 x", 1, ImportCodes.BadTime)]
    [InlineData("# 2015-07-31\n- 14:05", 2, ImportCodes.EventMissing)]
    [InlineData("# 2015-07-31\n- 14:05 !", 2, ImportCodes.EventMissing)]
    [InlineData("# 2015-02-30\n- x", 1, ImportCodes.UnclearDate)]
    [InlineData("# 07/31/2015\n- x", 1, ImportCodes.UnclearDate)]
    [InlineData("# 31 de julio\n- x", 1, ImportCodes.UnclearDate)]
    [InlineData("# Friday, July 31\n- x", 1, ImportCodes.UnclearDate)]
    [InlineData("# Only words\nand more", 0, ImportCodes.NoEvents)]
    public void What_cannot_be_read_is_told_with_its_line(string text, int line, string code) =>
        Assert.Equal((line, code), Sample.Markdown(text).Problem());

    [Fact]
    public void A_bullet_that_is_too_long_is_refused()
    {
        var file = Sample.Markdown($"# 2015-07-31\n- {new string('x', TimelineFile.MaxEventLength)}\n- {new string('x', TimelineFile.MaxEventLength)}y\n");

        Assert.Equal((3, ImportCodes.TooLong), file.Problem());
    }

    [Fact]
    public void Names_that_hold_a_month_are_no_dates()
    {
        var file = Sample.Markdown("## 2015-07-31 UTC\n### May First servers\n- 14:05 up\n");

        Assert.Equal("up", file.Only().Body);
    }

    [Theory]
    [InlineData("# {0}")]
    [InlineData("# 1{0}x")]
    [InlineData("# 2015-07-31\n- 14:05{0}")]
    [InlineData("# 2015-07-31\n{0}")]
    public void Hostile_lines_are_answered(string text)
    {
        foreach (var filler in new[] { " ", "1", "may 1 de ", "14:05-", "# ", "- " })
        {
            var file = Sample.Markdown(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, string.Concat(Enumerable.Repeat(filler, 200_000 / filler.Length))));
            Assert.NotEmpty(file.Problems);
        }
    }
}

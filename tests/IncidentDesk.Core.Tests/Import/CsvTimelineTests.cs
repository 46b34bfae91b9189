using IncidentDesk.Import;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Xunit;

namespace IncidentDesk.Tests.Import;

public sealed class CsvTimelineTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Quoted_fields_hold_separators_quotes_and_lines(string end)
    {
        var file = Sample.Csv((Sample.Header + "2015-07-31T18:00Z,\"one, \"\"two\"\"\nthree\",attack,,minute,\n\n2015-07-31T18:01Z,next,,,,\n").Replace("\n", end));

        Assert.Empty(file.Problems);
        Assert.Equal([(2, "one, \"two\"\nthree"), (5, "next")], file.Lines.Select(line => (line.Line, line.Body)));
    }

    [Fact]
    public void Columns_stand_in_any_order_case_and_company()
    {
        var line = Sample.Csv("Severity;EVENT;Precision; UTC ;note\nSEV1;down, again;exact;2015-07-31T18:00Z;x\n").Only();

        Assert.Equal(("down, again", OccurrenceTime.Exactly(Sample.Utc("2015-07-31T18:00Z"))), (line.Body, line.OccurredAt));
        Assert.Equal(("", "", ""), (line.Category, line.SourceUrl, line.StatedTime));
    }

    [Fact]
    public void A_table_without_times_needs_only_the_order()
    {
        var line = Sample.Csv("event,precision\ndown,order-only\n").Only();

        Assert.Equal(OccurrenceTime.OrderOnly, line.OccurredAt);
    }

    [Theory]
    [InlineData("utc,category\n2015-07-31,x\n", "event")]
    [InlineData("event,category\ndown,attack\n", "utc")]
    [InlineData("2015-07-31T18:00Z,down\n", "utc event")]
    public void A_missing_column_is_named(string text, string columns)
    {
        var file = Sample.Csv(text);

        Assert.Equal(columns.Split(' ').Select(column => (1, ImportCodes.ColumnMissing, column)), file.Problems.Select(p => (p.Line, p.Code, (string)p.Args[0])));
    }

    [Fact]
    public void A_column_that_stands_twice_is_refused() =>
        Assert.Equal((1, ImportCodes.ColumnTwice), Sample.Csv("utc,event,Event\n2015-07-31,a,b\n").Problem());

    [Theory]
    [InlineData("2015-07-31T18:00:00Z", "2015-07-31T18:00:00Z")]
    [InlineData("2015-07-31T18:00Z", "2015-07-31T18:00:00Z")]
    [InlineData("2015-07-31 18:00 UTC", "2015-07-31T18:00:00Z")]
    [InlineData("2015-07-31T14:00:00-04:00", "2015-07-31T18:00:00Z")]
    [InlineData("2015-08-01T01:30+0530", "2015-07-31T20:00:00Z")]
    [InlineData("2015-07-31T14:00−04", "2015-07-31T18:00:00Z")]
    [InlineData("2015-07-31T18:00:00.1234567Z", "2015-07-31T18:00:00.123456Z")]
    public void A_time_with_zone_is_plain(string written, string utc)
    {
        var line = Sample.Rows($"{written},down,attack,,minute,").Only();

        Assert.Equal(OccurrenceTime.Exactly(Sample.Utc(utc)), line.OccurredAt);
        Assert.Empty(line.Doubts);
    }

    [Theory]
    [InlineData("2015-07-31 18:00")]
    [InlineData("2015-07-31T18:00:00")]
    public void A_time_without_zone_is_taken_as_utc_with_a_doubt(string written)
    {
        var line = Sample.Rows($"{written},down,attack,,,").Only();

        Assert.Equal(OccurrenceTime.Exactly(Sample.Utc("2015-07-31T18:00Z")), line.OccurredAt);
        Assert.Equal([ImportDoubt.ZoneUncertain], line.Doubts);
    }

    [Theory]
    [InlineData("day")]
    [InlineData("")]
    public void A_date_alone_is_a_day(string precision)
    {
        var line = Sample.Rows($"2015-07-31,down,attack,,{precision},").Only();

        Assert.Equal(new OccurrenceTime(Sample.Utc("2015-07-31T00:00Z"), Precision.Day), line.OccurredAt);
        Assert.Empty(line.Doubts);
    }

    [Theory]
    [InlineData("2015-07-31,down,attack,,minute,", ImportCodes.DateWithoutClock)]
    [InlineData("2015-07-31,down,attack,,before,", ImportCodes.DateWithoutClock)]
    [InlineData("2015-07-31T18:00Z,,attack,,minute,", ImportCodes.EventMissing)]
    [InlineData("2015-07-31T18:00Z,  ,attack,,minute,", ImportCodes.EventMissing)]
    [InlineData("31/07/2015 18:00,down,attack,,minute,", ImportCodes.BadTime)]
    [InlineData("2015-02-30T18:00Z,down,attack,,minute,", ImportCodes.BadTime)]
    [InlineData("2015-07-31T24:00Z,down,attack,,minute,", ImportCodes.BadTime)]
    [InlineData("2015-07-31T18:00+25:00,down,attack,,minute,", ImportCodes.BadTime)]
    [InlineData("0001-01-01T00:00+05:00,down,attack,,minute,", ImportCodes.BadTime)]
    [InlineData("yesterday,down,attack,,minute,", ImportCodes.BadTime)]
    [InlineData(",down,attack,,minute,", ImportCodes.TimeMissing)]
    [InlineData(",down,attack,,,", ImportCodes.TimeMissing)]
    [InlineData("2015-07-31T18:00Z,down,attack,,order-only,", ImportCodes.OrderOnlyWithTime)]
    [InlineData("2015-07-31T18:00Z,down,attack,,minute", ImportCodes.FieldCount)]
    [InlineData("2015-07-31T18:00Z,down, again,attack,,minute,", ImportCodes.FieldCount)]
    [InlineData("2015-07-31T18:00Z,\"down\" again,attack,,minute,", ImportCodes.BadQuote)]
    [InlineData("2015-07-31T18:00Z,\"down,attack,,minute,", ImportCodes.BadQuote)]
    public void A_row_that_cannot_be_an_event_is_told_with_its_line(string row, string code)
    {
        var file = Sample.Rows("2015-07-31T17:00Z,sound,attack,,minute,", row);

        Assert.Equal((3, code), file.Problem());
        Assert.Equal("sound", Assert.Single(file.Lines).Body);
    }

    [Fact]
    public void A_stray_quotation_mark_is_text() =>
        Assert.Equal("attack \"begins\"", Sample.Rows("2015-07-31T18:00Z,attack \"begins\",attack,,minute,").Only().Body);

    [Theory]
    [InlineData("event", 20_000)]
    [InlineData("category", 500)]
    [InlineData("source_url", 2_000)]
    [InlineData("precision", 500)]
    [InlineData("stated_time", 500)]
    public void A_value_that_is_too_long_is_told_with_the_numbers(string column, int max)
    {
        string Row(int length) => string.Join(',', Sample.Header.Trim().Split(',').Select(name =>
            name == column ? new string('x', length) : name == "utc" ? "2015-07-31T18:00Z" : "e"));

        Assert.Single(Sample.Rows(Row(max)).Lines);
        var file = Sample.Rows(Row(max + 1));
        Assert.Equal((2, ImportCodes.TooLong), file.Problem());
        Assert.Equal([column, max, max + 1], file.Args());
    }

    [Fact]
    public void All_problems_are_listed_up_to_what_a_person_reads()
    {
        Assert.Equal([2, 3, 5], Sample.Rows("x,a,,,,", "y,b,,,,", "2015-07-31,c,,,,", "z,d,,,,").Problems.Select(p => p.Line));
        Assert.Equal(TimelineFile.MaxProblems, Sample.Rows([.. Enumerable.Repeat("x,a,,,,", 1_000)]).Problems.Count);
    }

    [Theory]
    [InlineData("minute", Precision.Exact, null)]
    [InlineData("exact", Precision.Exact, null)]
    [InlineData("", Precision.Exact, null)]
    [InlineData("approx", Precision.About, null)]
    [InlineData("About", Precision.About, null)]
    [InlineData("circa", Precision.About, null)]
    [InlineData("hour", Precision.Hour, null)]
    [InlineData("day", Precision.Day, null)]
    [InlineData("before", Precision.Before, null)]
    [InlineData("after", Precision.After, null)]
    [InlineData("derived", Precision.About, ImportDoubt.Derived)]
    [InlineData("ambiguous-tz", Precision.About, ImportDoubt.ZoneUncertain)]
    [InlineData("more or less", Precision.About, ImportDoubt.PrecisionUnknown)]
    public void The_word_for_the_precision_is_understood_and_kept(string word, Precision precision, ImportDoubt? doubt)
    {
        var line = Sample.Rows($"2015-07-31T18:00Z,down,attack,,{word},").Only();

        Assert.Equal((precision, word), (line.OccurredAt.Precision, line.SourcePrecision));
        Assert.Equal(doubt is null ? [] : [doubt.Value], line.Doubts);
    }

    [Fact]
    public void Order_only_has_no_time()
    {
        var line = Sample.Rows(",down,attack,,order-only,undated").Only();

        Assert.Equal(OccurrenceTime.OrderOnly, line.OccurredAt);
        Assert.Equal([ImportDoubt.NoTime], line.Doubts);
    }

    [Theory]
    [InlineData(EntryKind.Observation, "attack impact detection observation report evidence diagnosis attacker-adapts recovery resolved attack-ended threat verification alert closed")]
    [InlineData(EntryKind.Action, "action mitigation mitigation-effective mitigation-reverted mitigation-error escalation coordination acknowledged Mitigation")]
    [InlineData(EntryKind.Communication, "communication")]
    [InlineData(EntryKind.Decision, "decision")]
    [InlineData(EntryKind.Handover, "handover")]
    [InlineData(EntryKind.Note, "note context postmortem review")]
    public void The_category_gives_the_kind(EntryKind kind, string categories)
    {
        foreach (var category in categories.Split(' '))
        {
            var line = Sample.Rows($"2015-07-31,down,{category},,day,").Only();
            Assert.Equal((kind, category), (line.Kind, line.Category));
            Assert.Empty(line.Doubts);
        }
    }

    [Theory]
    [InlineData("weather")]
    [InlineData("status")]
    [InlineData("severity")]
    [InlineData("milestone")]
    [InlineData("import")]
    public void An_unknown_category_and_the_desks_own_kinds_become_notes(string category)
    {
        var line = Sample.Rows($"2015-07-31,down,{category},,day,").Only();

        Assert.Equal((EntryKind.Note, category), (line.Kind, line.Category));
        Assert.Equal([ImportDoubt.CategoryUnknown], line.Doubts);
    }

    [Fact]
    public void No_category_is_a_note_without_doubt() => Assert.Empty(Sample.Rows("2015-07-31,down,,,day,").Only().Doubts);
}

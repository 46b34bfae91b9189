using System.Globalization;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace IncidentDesk.Web.Tests.Components;

public sealed class StampsTests
{
    private static readonly TimeZoneInfo Mexico = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly Say Say = new ServiceCollection().AddLogging().AddDeskLanguages().BuildServiceProvider().GetRequiredService<Say>();

    [Theory]
    [InlineData(Precision.Exact, "21:05")]
    [InlineData(Precision.About, "~21:05")]
    [InlineData(Precision.Before, "<21:05")]
    [InlineData(Precision.After, ">21:05")]
    [InlineData(Precision.Hour, "21:··")]
    [InlineData(Precision.Day, "15 Mar")]
    public void The_clock_shows_how_well_the_time_is_known(Precision precision, string expected) =>
        Assert.Equal(expected, In("en", () => Stamps.Clock(new OccurrenceTime(Utc(2026, 3, 15, 3, 5), precision), Mexico)));

    [Fact]
    public void What_has_no_time_shows_none() => Assert.Equal("·", Stamps.Clock(OccurrenceTime.OrderOnly, Mexico));

    [Theory]
    [InlineData("en", Precision.Exact, "14 Mar 2026 21:05 −06:00")]
    [InlineData("es", Precision.Exact, "14 mar 2026 21:05 −06:00")]
    [InlineData("en", Precision.Day, "15 Mar 2026")]
    public void The_full_stamp_names_day_and_zone(string language, Precision precision, string expected) =>
        Assert.Equal(expected, In(language, () => Stamps.Full(new OccurrenceTime(Utc(2026, 3, 15, 3, 5), precision), Mexico, Say)));

    [Theory]
    [InlineData("en", Precision.About)]
    [InlineData("es", Precision.Before)]
    public void The_full_stamp_says_the_precision_in_words(string language, Precision precision) =>
        Assert.Equal($"{In(language, () => Say.Word(precision))} {In(language, () => Stamps.Full(Utc(2026, 3, 15, 3, 5), Mexico))}", In(language, () => Stamps.Full(new OccurrenceTime(Utc(2026, 3, 15, 3, 5), precision), Mexico, Say)));

    [Theory]
    [InlineData("en", "Saturday 14 March 2026")]
    [InlineData("es", "sábado 14 de marzo de 2026")]
    public void A_day_is_written_as_the_reader_writes_it(string language, string expected) => Assert.Equal(expected, In(language, () => Stamps.Day(new DateOnly(2026, 3, 14))));

    [Fact]
    public void A_day_belongs_to_the_zone_of_the_reader_unless_the_source_names_only_the_day()
    {
        var at = Utc(2026, 3, 15, 3, 5);
        Assert.Equal(new DateOnly(2026, 3, 14), Stamps.DayOf(at, Precision.Exact, Mexico));
        Assert.Equal(new DateOnly(2026, 3, 15), Stamps.DayOf(at, Precision.Exact, TimeZoneInfo.Utc));
        Assert.Equal(new DateOnly(2026, 3, 15), Stamps.DayOf(at.Date, Precision.Day, Mexico));
    }

    [Fact]
    public void The_zone_is_that_of_the_moment()
    {
        Assert.Equal("−05:00", Stamps.ZoneName(NewYork, Utc(2026, 3, 8, 6, 59)));
        Assert.Equal("−04:00", Stamps.ZoneName(NewYork, Utc(2026, 3, 8, 7, 0)));
        Assert.Equal("UTC", Stamps.ZoneName(TimeZoneInfo.Utc, Utc(2026, 3, 8, 7, 0)));
        Assert.Equal("01:30", Stamps.Clock(OccurrenceTime.Exactly(Utc(2026, 11, 1, 5, 30)), NewYork));
        Assert.Equal("01:30", Stamps.Clock(OccurrenceTime.Exactly(Utc(2026, 11, 1, 6, 30)), NewYork));
        Assert.NotEqual(Stamps.Full(Utc(2026, 11, 1, 5, 30), NewYork), Stamps.Full(Utc(2026, 11, 1, 6, 30), NewYork));
    }

    [Theory]
    [InlineData(0, "0 min")]
    [InlineData(59, "59 min")]
    [InlineData(60, "1 h 00 min")]
    [InlineData(165, "2 h 45 min")]
    [InlineData(1440, "1 d")]
    [InlineData(1505, "1 d 1 h")]
    public void Spans_are_short(int minutes, string expected) => Assert.Equal(expected, Stamps.Span(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void A_duration_between_rough_ends_is_rough() => Assert.Equal("~2 h 45 min", Stamps.Duration(new Duration(TimeSpan.FromMinutes(165), IsAbout: true)));

    [Fact]
    public void A_local_time_that_is_typed_becomes_an_instant()
    {
        Assert.Equal(OccurrenceTime.Exactly(Utc(2026, 3, 15, 3, 5)), WhenField.Read("When", "2026-03-14T21:05", "exact", Mexico).Value);
        Assert.Equal(new OccurrenceTime(Utc(2026, 3, 14, 0, 0), Precision.Day), WhenField.Read("When", "2026-03-14T21:05", "day", Mexico).Value);
        Assert.Equal(OccurrenceTime.OrderOnly, WhenField.Read("When", "", "order-only", Mexico).Value);
        Assert.Equal("2026-03-14T21:05", WhenField.ToInput(Utc(2026, 3, 15, 3, 5), Mexico));
    }

    [Theory]
    [InlineData("2026-03-08T02:30", "exact", "Time.DoesNotExist")]
    [InlineData("", "about", "Time.Missing")]
    [InlineData("noon", "exact", "Time.Unreadable")]
    [InlineData("2026-03-14T21:05", "roughly", "Time.PrecisionUnknown")]
    [InlineData("2026-03-14T21:05", null, "Time.PrecisionUnknown")]
    public void A_local_time_that_cannot_be_is_refused(string at, string? precision, string code)
    {
        var refused = Assert.IsType<Invalid>(WhenField.Read("When", at, precision, NewYork).Error);
        Assert.Equal(("When", code), (refused.Field, refused.Code));
    }

    private static DateTime Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc);

    private static T In<T>(string language, Func<T> say)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        try
        {
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}

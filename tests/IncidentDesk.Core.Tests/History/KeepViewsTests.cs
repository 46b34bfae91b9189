using IncidentDesk.History;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.History;

public sealed class KeepViewsTests
{
    [Theory, EngineData]
    public async Task A_view_is_kept_renamed_and_deleted_by_its_person_alone(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, ben, views) = (await desk.PersonAsync(), await desk.PersonAsync(name: "Ben"), desk.Get<KeepViews>());
        var id = Guid.CreateVersion7();
        Assert.Equal(("SYN, open", "q=syn&status=Mitigating"), Facts((await views.SaveAsync(new(id, " SYN, open ", "?q=syn&status=Mitigating"), ana, default)).Value));
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await views.SaveAsync(new(Guid.CreateVersion7(), "2014", "year=2014"), ana, default);
        await views.SaveAsync(new(id, "SYN", "q=syn"), ana, default);

        Assert.Equal([("SYN", "q=syn"), ("2014", "year=2014")], (await views.ListAsync(ana, default)).Value.Select(Facts));
        Assert.Empty((await views.ListAsync(ben, default)).Value);
        Assert.IsType<NotFound>((await views.SaveAsync(new(id, "mine now", "q=x"), ben, default)).Error);
        Assert.IsType<NotFound>((await views.DeleteAsync(id, ben, default)).Error);
        Assert.True((await views.DeleteAsync(id, ana, default)).Succeeded);
        Assert.IsType<NotFound>((await views.DeleteAsync(id, ana, default)).Error);
        Assert.Equal(["2014"], (await views.ListAsync(ana, default)).Value.Select(v => v.Name));
    }

    [Theory, EngineData]
    public async Task A_person_keeps_fifty(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var (ana, views) = (await desk.PersonAsync(), desk.Get<KeepViews>());
        for (var i = 0; i < SavedView.MaxCount; i++) Assert.True((await views.SaveAsync(new(Guid.CreateVersion7(), $"{i}", "q=x"), ana, default)).Succeeded);
        Assert.Equal("View.TooMany", (await views.SaveAsync(new(Guid.CreateVersion7(), "one more", "q=x"), ana, default)).Error?.Code);
        var first = (await views.ListAsync(ana, default)).Value[0];
        Assert.True((await views.SaveAsync(new(first.Id, "another name", "q=x"), ana, default)).Succeeded);
    }

    [Theory]
    [InlineData("", "q=x", "Text.Empty")]
    [InlineData("x", "", "Text.Empty")]
    [InlineData("x", "a\nb", "Text.ControlCharacter")]
    public async Task What_cannot_be_kept_is_refused(string name, string query, string code)
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Sqlite);
        var ana = await desk.PersonAsync();
        Assert.Equal(code, (await desk.Get<KeepViews>().SaveAsync(new(Guid.CreateVersion7(), name, query), ana, default)).Error?.Code);
        Assert.Equal("View.IdMissing", (await desk.Get<KeepViews>().SaveAsync(new(Guid.Empty, "x", "q=x"), ana, default)).Error?.Code);
    }

    private static (string Name, string Query) Facts(SavedView view) => (view.Name, view.Query);
}

using System.Security.Cryptography;
using System.Text;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.People;

public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData("correct horse battery", null)]
    [InlineData("ñandú piedra cometa", null)]
    [InlineData("тихая ночь над рекой", null)]
    [InlineData("short of fifte", "Person.PasswordTooShort")]
    [InlineData("xkq zwv pjm ty", "Person.PasswordTooShort")]
    [InlineData("🌋🌵🦎🌊🪨🌙🎺", "Person.PasswordTooShort")]
    [InlineData("passwordpassword", "Person.PasswordGuessable")]
    [InlineData("qwertyuiopasdfgh", "Person.PasswordGuessable")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "Person.PasswordGuessable")]
    [InlineData("incidentdesk2026!", "Person.PasswordGuessable")]
    [InlineData("evaevaevaevaeva1", "Person.PasswordGuessable")]
    [InlineData("a tab\tin the middle of it", "Person.PasswordUnreadable")]
    public async Task Length_counts_and_what_is_guessable_does_not(string password, string? refused)
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Sqlite);
        await using var scope = desk.Scope<ChoosePassword>(out var choose);
        var created = await choose.CreateAdministratorAsync(new PersonDetails("Eva", "eva@desk.example", "es", "UTC"), password, default);
        Assert.Equal(refused, created.Error?.Code);
    }

    [Fact]
    public async Task A_password_on_the_list_of_breached_ones_is_found_wherever_it_stands()
    {
        var listed = Enumerable.Range(0, 500).Select(i => $"breached {i}").ToList();
        var lines = listed.Select(Sha1).Order(StringComparer.Ordinal).Select((hash, i) => i % 3 == 0 ? hash : $"{hash}:{i * 7919}").ToList();
        var file = Path.GetTempFileName();
        try
        {
            foreach (var (text, end) in new[] { (string.Join('\n', lines), "none"), (string.Join('\n', lines) + "\n", "lf"), (string.Join("\r\n", lines) + "\r\n", "crlf") })
            {
                await File.WriteAllTextAsync(file, text);
                var breached = new BreachedPasswords(file);
                Assert.All(listed, password => Assert.True(breached.Contains(password), $"{password}, {end}"));
                Assert.All(Enumerable.Range(0, 500), i => Assert.False(breached.Contains($"not breached {i}"), $"{i}, {end}"));
            }
            await File.WriteAllTextAsync(file, "");
            Assert.False(new BreachedPasswords(file).Contains("breached 1"));
            Assert.False(new BreachedPasswords(null).Contains("breached 1"));
        }
        finally
        {
            File.Delete(file);
        }

        static string Sha1(string password)
        {
#pragma warning disable CA5350
            return Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        }
    }
}

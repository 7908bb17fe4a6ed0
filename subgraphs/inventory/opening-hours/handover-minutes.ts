/** What a shop needs to take an item from the shelf and put it aside, in minutes of its opening time. */
export const handoverMinutes = 120;
